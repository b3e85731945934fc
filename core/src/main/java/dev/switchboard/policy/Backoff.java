package dev.switchboard.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before a retry: it doubles from retry to retry, and each is drawn at random
 * from the upper half, so that callers who failed together do not come back together.
 *
 * @param initial the longest pause before the first retry
 * @param max the longest pause before any retry; at least {@code initial}
 */
public record Backoff(Duration initial, Duration max) {

	private static final int MAX_DOUBLINGS = 30;

	public Backoff {
		if (initial.isNegative() || initial.isZero()) {
			throw new IllegalArgumentException("The initial backoff must be positive, but was " + initial);
		}
		if (max.compareTo(initial) < 0) {
			throw new IllegalArgumentException(
					"The longest backoff " + max + " must not be shorter than the initial one " + initial);
		}
	}

	/**
	 * The pause before a retry.
	 * @param retry which retry, from 1
	 * @param random where the jitter comes from
	 * @return between half of the nominal pause and all of it
	 */
	public Duration before(int retry, RandomGenerator random) {
		long nominal = this.initial.toNanos() << Math.min(retry - 1, MAX_DOUBLINGS);
		long longest = this.max.toNanos();
		if (nominal <= 0 || nominal > longest) {
			nominal = longest;
		}
		return Duration.ofNanos(random.nextLong(nominal / 2, nominal + 1));
	}

}
