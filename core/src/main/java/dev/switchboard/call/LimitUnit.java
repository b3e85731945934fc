package dev.switchboard.call;

import java.util.Locale;

/**
 * What a limit counts.
 */
public enum LimitUnit {

	/** Calls, however many attempts they take. */
	REQUESTS,

	/** Input tokens, the cached ones included. */
	INPUT_TOKENS,

	/** Output tokens, the reasoning ones included. */
	OUTPUT_TOKENS,

	/** Input and output tokens together. */
	TOKENS;

	/**
	 * The name used in properties, headers and metrics.
	 * @return the name, such as {@code input-tokens}
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
