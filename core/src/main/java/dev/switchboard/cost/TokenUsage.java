package dev.switchboard.cost;

/**
 * The tokens of one attempt, as the provider counted them.
 *
 * @param inputTokens all input tokens, the cached ones included
 * @param cachedInputTokens the input tokens that the provider read from its prompt cache
 * @param cacheWriteTokens the input tokens that the provider wrote to its prompt cache
 * @param outputTokens all output tokens, the reasoning ones included
 * @param reasoningTokens the output tokens that were spent on reasoning; 0 if the
 * provider does not tell
 */
public record TokenUsage(long inputTokens, long cachedInputTokens, long cacheWriteTokens, long outputTokens,
		long reasoningTokens) {

	/** No tokens at all. */
	public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

	public TokenUsage {
		if (inputTokens < 0 || cachedInputTokens < 0 || cacheWriteTokens < 0 || outputTokens < 0
				|| reasoningTokens < 0) {
			throw new IllegalArgumentException("Token counts must not be negative");
		}
		if (reasoningTokens > outputTokens) {
			throw new IllegalArgumentException(
					"Reasoning tokens are a part of the output: found " + reasoningTokens + " of " + outputTokens);
		}
	}

	/**
	 * Usage of which nobody told how much was reasoning.
	 * @param inputTokens all input tokens, the cached ones included
	 * @param cachedInputTokens the input tokens read from the provider's prompt cache
	 * @param cacheWriteTokens the input tokens written to it
	 * @param outputTokens all output tokens
	 */
	public TokenUsage(long inputTokens, long cachedInputTokens, long cacheWriteTokens, long outputTokens) {
		this(inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, 0);
	}

	/**
	 * Usage without prompt caching.
	 * @param inputTokens all input tokens
	 * @param outputTokens all output tokens
	 * @return the usage
	 */
	public static TokenUsage of(long inputTokens, long outputTokens) {
		return new TokenUsage(inputTokens, 0, 0, outputTokens);
	}

	/**
	 * Input and output together.
	 * @return the number of tokens
	 */
	public long totalTokens() {
		return this.inputTokens + this.outputTokens;
	}

	/**
	 * The sum of both.
	 * @param other what to add
	 * @return the sum
	 */
	public TokenUsage plus(TokenUsage other) {
		return new TokenUsage(this.inputTokens + other.inputTokens, this.cachedInputTokens + other.cachedInputTokens,
				this.cacheWriteTokens + other.cacheWriteTokens, this.outputTokens + other.outputTokens,
				this.reasoningTokens + other.reasoningTokens);
	}

}
