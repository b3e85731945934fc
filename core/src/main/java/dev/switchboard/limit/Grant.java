package dev.switchboard.limit;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The answer to the question whether something may be taken.
 */
public sealed interface Grant {

	/**
	 * Reads this answer, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param granted reads that it was taken
	 * @param refused reads that there is not enough
	 * @param unavailable reads that nobody can tell, and that this is a refusal
	 * @return what the reader made of it
	 */
	<T> T match(Function<Granted, T> granted, Function<Refused, T> refused, Function<Unavailable, T> unavailable);

	/**
	 * It is taken out of every bucket.
	 *
	 * @param levels how the buckets stand now, in the order in which they were asked;
	 * empty if nobody can tell, and nothing was taken: calls are let through on trust
	 */
	record Granted(List<Level> levels) implements Grant {

		public Granted {
			levels = List.copyOf(levels);
		}

		@Override
		public <T> T match(Function<Granted, T> granted, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable) {
			return granted.apply(this);
		}

	}

	/**
	 * One bucket has not enough, and nothing is taken out of any.
	 *
	 * @param draw what was asked of the first bucket that has not enough
	 * @param remaining what is left in it; 0 also if more was taken than there was
	 * @param availableIn how long it takes until there is enough, if nobody else takes
	 * any
	 */
	record Refused(Draw draw, long remaining, Duration availableIn) implements Grant {

		@Override
		public <T> T match(Function<Granted, T> granted, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable) {
			return refused.apply(this);
		}

	}

	/**
	 * Nobody can tell how the buckets stand, and calls are not let through on trust.
	 *
	 * @param retryAfter after what time it is worth to ask again
	 */
	record Unavailable(Duration retryAfter) implements Grant {

		@Override
		public <T> T match(Function<Granted, T> granted, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable) {
			return unavailable.apply(this);
		}

	}

}
