package dev.switchboard.policy;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What follows a failed attempt.
 */
public sealed interface NextStep {

	/**
	 * Reads this step, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param retry reads a retry
	 * @param fallback reads a fallback
	 * @param stop reads a stop
	 * @return what the reader made of it
	 */
	<T> T match(Function<Retry, T> retry, Supplier<T> fallback, Supplier<T> stop);

	/**
	 * The same target again.
	 *
	 * @param delay how long to wait before
	 */
	record Retry(Duration delay) implements NextStep {

		@Override
		public <T> T match(Function<Retry, T> retry, Supplier<T> fallback, Supplier<T> stop) {
			return retry.apply(this);
		}

	}

	/** The next target. */
	record Fallback() implements NextStep {

		@Override
		public <T> T match(Function<Retry, T> retry, Supplier<T> fallback, Supplier<T> stop) {
			return fallback.get();
		}

	}

	/** No further attempt. */
	record Stop() implements NextStep {

		@Override
		public <T> T match(Function<Retry, T> retry, Supplier<T> fallback, Supplier<T> stop) {
			return stop.get();
		}

	}

}
