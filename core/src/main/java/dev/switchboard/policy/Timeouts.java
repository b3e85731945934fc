package dev.switchboard.policy;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param attempt how long one attempt may take, from sending it to the end of its answer
 * @param firstToken how long a stream may be silent before its first content
 * @param idle how long a stream may be silent between two chunks
 * @param deadline how long the whole call may take, with all its attempts and pauses
 */
public record Timeouts(Duration attempt, Duration firstToken, Duration idle, Duration deadline) {

	public Timeouts {
		requirePositive("attempt-timeout", attempt);
		requirePositive("first-token-timeout", firstToken);
		requirePositive("idle-timeout", idle);
		requirePositive("deadline", deadline);
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("The " + name + " must be positive, but was " + value);
		}
	}

}
