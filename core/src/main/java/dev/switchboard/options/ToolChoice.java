package dev.switchboard.options;

import org.jspecify.annotations.Nullable;

/**
 * Whether a model may, must or must not call a tool.
 *
 * @param kind which of these
 * @param name the one function that it must call; {@code null} unless the kind says so
 */
public record ToolChoice(Kind kind, @Nullable String name) {

	/** The model decides; what every provider does when nothing is said. */
	public static final ToolChoice AUTO = new ToolChoice(Kind.AUTO, null);

	/** No tool is called, though they are told. */
	public static final ToolChoice NONE = new ToolChoice(Kind.NONE, null);

	/** At least one tool is called. */
	public static final ToolChoice REQUIRED = new ToolChoice(Kind.REQUIRED, null);

	public ToolChoice {
		if ((kind == Kind.FUNCTION) != (name != null && !name.isBlank())) {
			throw new IllegalArgumentException("A tool choice names a function exactly if it is of kind FUNCTION");
		}
	}

	/**
	 * One function must be called.
	 * @param name its name
	 * @return the choice
	 */
	public static ToolChoice function(String name) {
		return new ToolChoice(Kind.FUNCTION, name);
	}

	boolean isForced() {
		return this.kind == Kind.REQUIRED || this.kind == Kind.FUNCTION;
	}

	/**
	 * What is chosen.
	 */
	public enum Kind {

		/** The model decides. */
		AUTO,

		/** No tool. */
		NONE,

		/** Any tool, but at least one. */
		REQUIRED,

		/** One function. */
		FUNCTION

	}

}
