package dev.switchboard.cost;

import java.util.List;

/**
 * What a model's tokens cost, per million.
 *
 * @param input price of a million input tokens that were not cached
 * @param cachedInput price of a million input tokens read from the provider's cache
 * @param cacheWrite price of a million input tokens written to the provider's cache
 * @param output price of a million output tokens
 * @param longInput the prices of attempts with many input tokens, which replace all of
 * the above, by rising size; empty if size makes no difference
 */
public record Price(Money input, Money cachedInput, Money cacheWrite, Money output, List<LongInput> longInput) {

	private static final long MILLION = 1_000_000;

	public Price {
		longInput = List.copyOf(longInput);
		long size = 0;
		for (LongInput step : longInput) {
			if (step.aboveInputTokens() <= size) {
				throw new IllegalArgumentException("The sizes of long input must rise from step to step, but found "
						+ step.aboveInputTokens() + " after " + size);
			}
			size = step.aboveInputTokens();
		}
	}

	/**
	 * A price that does not depend on the size of the input.
	 * @param input price of a million input tokens that were not cached
	 * @param cachedInput price of a million input tokens read from the provider's cache
	 * @param cacheWrite price of a million input tokens written to the provider's cache
	 * @param output price of a million output tokens
	 */
	public Price(Money input, Money cachedInput, Money cacheWrite, Money output) {
		this(input, cachedInput, cacheWrite, output, List.of());
	}

	/**
	 * The cost of some usage, rounded up to a whole nano-dollar.
	 * @param usage the tokens of one attempt
	 * @return the cost
	 * @throws ArithmeticException on overflow
	 */
	public Money of(TokenUsage usage) {
		Price price = this;
		for (LongInput step : this.longInput) {
			price = (usage.inputTokens() > step.aboveInputTokens()) ? step.price() : price;
		}
		return price.flat(usage);
	}

	private Money flat(TokenUsage usage) {
		long uncached = Math.max(0, usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens());
		long sum = Math.multiplyExact(uncached, this.input.nanos());
		sum = Math.addExact(sum, Math.multiplyExact(usage.cachedInputTokens(), this.cachedInput.nanos()));
		sum = Math.addExact(sum, Math.multiplyExact(usage.cacheWriteTokens(), this.cacheWrite.nanos()));
		sum = Math.addExact(sum, Math.multiplyExact(usage.outputTokens(), this.output.nanos()));
		return new Money((sum + MILLION - 1) / MILLION);
	}

	/**
	 * What every token of an attempt costs once its input is longer than some size.
	 *
	 * @param aboveInputTokens the size that the input must exceed; positive
	 * @param price the price; has no steps of its own
	 */
	public record LongInput(long aboveInputTokens, Price price) {

		public LongInput {
			if (!price.longInput().isEmpty()) {
				throw new IllegalArgumentException("The price of long input has no steps of its own");
			}
		}

	}

}
