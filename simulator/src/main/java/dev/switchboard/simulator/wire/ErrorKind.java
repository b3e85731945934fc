package dev.switchboard.simulator.wire;

/**
 * The errors for which providers have words of their own.
 */
public enum ErrorKind {

	/** Too many requests or tokens in a short time. */
	RATE_LIMITED,

	/** No money or quota left. */
	QUOTA_EXHAUSTED,

	/** Too busy. */
	OVERLOADED,

	/** Broken inside. */
	SERVER_ERROR,

	/** The key is wrong. */
	UNAUTHORIZED,

	/** The key is right but may not do this. */
	FORBIDDEN,

	/** There is no such model. */
	MODEL_NOT_FOUND,

	/** The conversation is longer than the model can read. */
	CONTEXT_WINDOW_EXCEEDED,

	/** The request is wrong. */
	INVALID_REQUEST,

	/** The prompt is of a kind that the provider does not answer. */
	PROMPT_BLOCKED,

	/**
	 * The conversation ends with the model's own words, which this model cannot go on
	 * from.
	 */
	PREFILL_REFUSED;

	/**
	 * What a status means when nothing else is said.
	 * @param status a status of 400 or more
	 * @return the kind
	 */
	public static ErrorKind of(int status) {
		return switch (status) {
			case 401 -> UNAUTHORIZED;
			case 402 -> QUOTA_EXHAUSTED;
			case 403 -> FORBIDDEN;
			case 404 -> MODEL_NOT_FOUND;
			case 429 -> RATE_LIMITED;
			case 503, 529 -> OVERLOADED;
			default -> (status < 500) ? INVALID_REQUEST : SERVER_ERROR;
		};
	}

}
