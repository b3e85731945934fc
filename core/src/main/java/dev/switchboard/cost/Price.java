package dev.switchboard.cost;

/**
 * What a model's tokens cost, per million.
 *
 * @param input price of a million input tokens that were not cached
 * @param cachedInput price of a million input tokens read from the provider's cache
 * @param cacheWrite price of a million input tokens written to the provider's cache
 * @param output price of a million output tokens
 */
public record Price(Money input, Money cachedInput, Money cacheWrite, Money output) {

	private static final long MILLION = 1_000_000;

	/**
	 * The cost of some usage, rounded up to a whole nano-dollar.
	 * @param usage the tokens to pay for
	 * @return the cost
	 * @throws ArithmeticException on overflow
	 */
	public Money of(TokenUsage usage) {
		long uncached = Math.max(0, usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens());
		long sum = Math.multiplyExact(uncached, this.input.nanos());
		sum = Math.addExact(sum, Math.multiplyExact(usage.cachedInputTokens(), this.cachedInput.nanos()));
		sum = Math.addExact(sum, Math.multiplyExact(usage.cacheWriteTokens(), this.cacheWrite.nanos()));
		sum = Math.addExact(sum, Math.multiplyExact(usage.outputTokens(), this.output.nanos()));
		return new Money((sum + MILLION - 1) / MILLION);
	}

}
