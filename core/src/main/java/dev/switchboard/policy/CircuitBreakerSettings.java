package dev.switchboard.policy;

import java.time.Duration;

/**
 * When a target's circuit breaker opens and how it closes again.
 *
 * @param failureRate the percentage of failed attempts that opens it; 1 to 100
 * @param slidingWindow how many attempts the rate is taken over; at least
 * {@code minimumAttempts}
 * @param minimumAttempts how many attempts there must be before a rate counts; positive
 * @param openFor how long it stays open before trial attempts are let through; positive
 * @param trialAttempts how many trial attempts decide whether it closes; positive
 */
public record CircuitBreakerSettings(int failureRate, int slidingWindow, int minimumAttempts, Duration openFor,
		int trialAttempts) {

	/** Half of at least ten attempts failed; open for 30 seconds; three trials. */
	public static final CircuitBreakerSettings DEFAULT = new CircuitBreakerSettings(50, 20, 10, Duration.ofSeconds(30),
			3);

	public CircuitBreakerSettings {
		if (failureRate < 1 || failureRate > 100) {
			throw new IllegalArgumentException("A failure rate is a percentage from 1 to 100, but was " + failureRate);
		}
		if (minimumAttempts < 1 || slidingWindow < minimumAttempts) {
			throw new IllegalArgumentException("A sliding window of " + slidingWindow
					+ " attempts must hold the minimum of " + minimumAttempts + ", which must be positive");
		}
		if (openFor.isNegative() || openFor.isZero()) {
			throw new IllegalArgumentException("A breaker must stay open for a while, but was " + openFor);
		}
		if (trialAttempts < 1) {
			throw new IllegalArgumentException("At least one trial attempt must decide, but was " + trialAttempts);
		}
	}

}
