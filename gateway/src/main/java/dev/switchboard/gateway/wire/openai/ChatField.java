package dev.switchboard.gateway.wire.openai;

/**
 * A field of a chat completion request and what becomes of it when a target of another
 * wire answers.
 *
 * @param path where it stands, such as {@code messages[].name}; {@code []} stands for any
 * element
 * @param fate what becomes of it
 * @param note what it becomes, or why it is dropped or refused
 */
public record ChatField(String path, Fate fate, String note) {

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
