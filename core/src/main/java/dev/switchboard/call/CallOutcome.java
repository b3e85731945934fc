package dev.switchboard.call;

import java.util.function.Function;
import java.util.function.Supplier;

import dev.switchboard.policy.Failure;

/**
 * How a call ended.
 */
public sealed interface CallOutcome {

	/**
	 * Reads this outcome, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param answered reads an answer
	 * @param failed reads a failure
	 * @param exhausted reads that no target was left
	 * @param cancelled reads that the caller went away
	 * @param overBudget reads that a budget did not admit it
	 * @param overLimit reads that a limit did not admit it
	 * @return what the reader made of it
	 */
	<T> T match(Supplier<T> answered, Function<Failed, T> failed, Function<Exhausted, T> exhausted,
			Supplier<T> cancelled, Function<OverBudget, T> overBudget, Function<OverLimit, T> overLimit);

	/**
	 * The name used in logs and metrics.
	 * @return {@code answered}, {@code exhausted}, {@code cancelled},
	 * {@code budget-exceeded}, {@code budget-unavailable}, {@code limit-exceeded},
	 * {@code limit-unavailable} or the kind of failure
	 */
	default String label() {
		return match(() -> "answered", (failed) -> failed.failure().kind().property(), (exhausted) -> "exhausted",
				() -> "cancelled",
				(overBudget) -> overBudget.refusal().unavailable() ? "budget-unavailable" : "budget-exceeded",
				(overLimit) -> (overLimit.refusal().reason() == LimitRefusal.Reason.UNAVAILABLE) ? "limit-unavailable"
						: "limit-exceeded");
	}

	/** The caller has his answer. */
	record Answered() implements CallOutcome {

		@Override
		public <T> T match(Supplier<T> answered, Function<Failed, T> failed, Function<Exhausted, T> exhausted,
				Supplier<T> cancelled, Function<OverBudget, T> overBudget, Function<OverLimit, T> overLimit) {
			return answered.get();
		}

	}

	/**
	 * The policy stopped at this failure.
	 *
	 * @param failure the failure
	 */
	record Failed(Failure failure) implements CallOutcome {

		@Override
		public <T> T match(Supplier<T> answered, Function<Failed, T> failed, Function<Exhausted, T> exhausted,
				Supplier<T> cancelled, Function<OverBudget, T> overBudget, Function<OverLimit, T> overLimit) {
			return failed.apply(this);
		}

	}

	/**
	 * Every target was skipped or failed, or the deadline passed.
	 *
	 * @param deadlinePassed whether time ran out before the targets did
	 */
	record Exhausted(boolean deadlinePassed) implements CallOutcome {

		@Override
		public <T> T match(Supplier<T> answered, Function<Failed, T> failed, Function<Exhausted, T> exhausted,
				Supplier<T> cancelled, Function<OverBudget, T> overBudget, Function<OverLimit, T> overLimit) {
			return exhausted.apply(this);
		}

	}

	/** The caller went away. */
	record Cancelled() implements CallOutcome {

		@Override
		public <T> T match(Supplier<T> answered, Function<Failed, T> failed, Function<Exhausted, T> exhausted,
				Supplier<T> cancelled, Function<OverBudget, T> overBudget, Function<OverLimit, T> overLimit) {
			return cancelled.get();
		}

	}

	/**
	 * A budget did not admit it, or no further attempt of it.
	 *
	 * @param refusal which budget, and why
	 */
	record OverBudget(BudgetRefusal refusal) implements CallOutcome {

		@Override
		public <T> T match(Supplier<T> answered, Function<Failed, T> failed, Function<Exhausted, T> exhausted,
				Supplier<T> cancelled, Function<OverBudget, T> overBudget, Function<OverLimit, T> overLimit) {
			return overBudget.apply(this);
		}

	}

	/**
	 * A limit did not admit it, or no further attempt of it.
	 *
	 * @param refusal which limit, and why
	 */
	record OverLimit(LimitRefusal refusal) implements CallOutcome {

		@Override
		public <T> T match(Supplier<T> answered, Function<Failed, T> failed, Function<Exhausted, T> exhausted,
				Supplier<T> cancelled, Function<OverBudget, T> overBudget, Function<OverLimit, T> overLimit) {
			return overLimit.apply(this);
		}

	}

}
