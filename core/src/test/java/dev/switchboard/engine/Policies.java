package dev.switchboard.engine;

import java.time.Duration;

import dev.switchboard.policy.Backoff;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.Timeouts;

/**
 * The built-in policies with times that a test can wait for; the rules are the real ones.
 */
final class Policies {

	static final Timeouts QUICK = new Timeouts(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofSeconds(3),
			Duration.ofSeconds(30));

	private static final Backoff SHORT = new Backoff(Duration.ofMillis(10), Duration.ofMillis(20));

	private Policies() {
	}

	static FallbackPolicy fast() {
		return quick(BuiltInPolicies.FAST);
	}

	static FallbackPolicy standard() {
		return quick(BuiltInPolicies.STANDARD);
	}

	static FallbackPolicy careful() {
		return quick(BuiltInPolicies.CAREFUL);
	}

	static FallbackPolicy strict() {
		return quick(BuiltInPolicies.STRICT);
	}

	private static FallbackPolicy quick(FallbackPolicy policy) {
		return policy.mutate().backoff(SHORT).timeouts(QUICK).build();
	}

}
