package dev.switchboard.call;

import java.util.function.Function;

import dev.switchboard.policy.Failure;

/**
 * How an attempt ended.
 */
public sealed interface AttemptOutcome {

	/**
	 * Reads this outcome, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param answered reads an answer
	 * @param failed reads a failure
	 * @param cancelled reads a cancellation
	 * @return what the reader made of it
	 */
	<T> T match(Function<Answered, T> answered, Function<Failed, T> failed, Function<Cancelled, T> cancelled);

	/**
	 * The name used in logs and metrics.
	 * @return {@code answered}, {@code cancelled} or the kind of failure
	 */
	default String label() {
		return match((answered) -> "answered", (failed) -> failed.failure().kind().property(),
				(cancelled) -> "cancelled");
	}

	/** The target answered. */
	record Answered() implements AttemptOutcome {

		@Override
		public <T> T match(Function<Answered, T> answered, Function<Failed, T> failed,
				Function<Cancelled, T> cancelled) {
			return answered.apply(this);
		}

	}

	/**
	 * The target failed.
	 *
	 * @param failure how
	 */
	record Failed(Failure failure) implements AttemptOutcome {

		@Override
		public <T> T match(Function<Answered, T> answered, Function<Failed, T> failed,
				Function<Cancelled, T> cancelled) {
			return failed.apply(this);
		}

	}

	/**
	 * We ended it ourselves.
	 *
	 * @param reason why, in a few words
	 */
	record Cancelled(String reason) implements AttemptOutcome {

		@Override
		public <T> T match(Function<Answered, T> answered, Function<Failed, T> failed,
				Function<Cancelled, T> cancelled) {
			return cancelled.apply(this);
		}

	}

}
