package dev.switchboard.simulator.chat;

/**
 * The tokens of one answer. Cached tokens are part of the input, reasoning tokens part of
 * the output, whatever a wire makes of that.
 *
 * @param inputTokens all tokens of the request, zero or more
 * @param outputTokens all tokens of the answer, zero or more
 * @param cachedInputTokens those of the input that the provider had cached
 * @param reasoningTokens those of the output that were reasoning
 */
public record Usage(long inputTokens, long outputTokens, long cachedInputTokens, long reasoningTokens) {

	public Usage {
		if (inputTokens < 0 || outputTokens < 0 || cachedInputTokens < 0 || reasoningTokens < 0) {
			throw new IllegalArgumentException("Tokens are zero or more, but were " + inputTokens + ", " + outputTokens
					+ ", " + cachedInputTokens + ", " + reasoningTokens);
		}
		if (cachedInputTokens > inputTokens) {
			throw new IllegalArgumentException("There are " + cachedInputTokens + " cached input tokens, but only "
					+ inputTokens + " input tokens in all");
		}
		if (reasoningTokens > outputTokens) {
			throw new IllegalArgumentException("There are " + reasoningTokens + " reasoning tokens, but only "
					+ outputTokens + " output tokens in all");
		}
	}

	/**
	 * Usage without cached or reasoning tokens.
	 * @param inputTokens the input
	 * @param outputTokens the output
	 * @return the usage
	 */
	public static Usage of(long inputTokens, long outputTokens) {
		return new Usage(inputTokens, outputTokens, 0, 0);
	}

	/**
	 * Input and output together.
	 * @return their sum
	 */
	public long totalTokens() {
		return this.inputTokens + this.outputTokens;
	}

}
