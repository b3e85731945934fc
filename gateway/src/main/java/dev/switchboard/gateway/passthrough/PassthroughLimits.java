package dev.switchboard.gateway.passthrough;

import java.time.Duration;

/**
 * How much and how long a request past the routes may take.
 *
 * @param maxRequestBytes the longest body that is sent on; longer ones are refused with
 * 413, also those whose length shows only while they are sent
 * @param answerTimeout how long a provider may take up nothing of the request, or not
 * begin to answer; then the caller gets 504
 * @param idleTimeout the longest silence within an answer; then it is broken off
 */
public record PassthroughLimits(long maxRequestBytes, Duration answerTimeout, Duration idleTimeout) {

	/** 100 MiB, and the ten minutes that vendors' libraries wait too. */
	public static final PassthroughLimits DEFAULT = new PassthroughLimits(100L * 1024 * 1024, Duration.ofMinutes(10),
			Duration.ofMinutes(5));

	public PassthroughLimits {
		if (maxRequestBytes < 1) {
			throw new IllegalArgumentException(
					"A request's body may be at least 1 byte long, but the limit was " + maxRequestBytes);
		}
		requirePositive("answer timeout", answerTimeout);
		requirePositive("idle timeout", idleTimeout);
	}

	private static void requirePositive(String what, Duration duration) {
		if (duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException("The " + what + " must be positive, but was " + duration);
		}
	}

}
