package dev.switchboard.gateway.wire.openai;

/**
 * A field of a request on one of OpenAI's endpoints and what becomes of it when a target
 * of another wire answers.
 *
 * @param path where it stands, such as {@code messages[].name}; {@code []} stands for any
 * element
 * @param fate what becomes of it
 * @param note what it becomes, or why it is dropped or refused
 */
public record ChatField(String path, Fate fate, String note) {

	/**
	 * A field that the target is asked for.
	 * @param path where it stands
	 * @param note what it becomes
	 * @return the field
	 */
	public static ChatField translated(String path, String note) {
		return new ChatField(path, Fate.TRANSLATED, note);
	}

	/**
	 * A field that is left out.
	 * @param path where it stands
	 * @param note why the answer is right without it
	 * @return the field
	 */
	public static ChatField dropped(String path, String note) {
		return new ChatField(path, Fate.DROPPED, note);
	}

	/**
	 * A field that is refused.
	 * @param path where it stands
	 * @param note when or why
	 * @return the field
	 */
	public static ChatField refused(String path, String note) {
		return new ChatField(path, Fate.REFUSED, note);
	}

	/**
	 * What becomes of a field.
	 */
	public enum Fate {

		/** The target is asked for the same, in its provider's words. */
		TRANSLATED,

		/** The answer is right without it. */
		DROPPED,

		/** The answer would be wrong without it: {@code unsupported_parameter}. */
		REFUSED

	}

}
