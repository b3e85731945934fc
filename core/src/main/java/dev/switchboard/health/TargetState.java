package dev.switchboard.health;

import java.time.Instant;

import dev.switchboard.cost.ModelId;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * How a target stands at one moment.
 *
 * @param target which
 * @param coolingDownUntil until when it is left out; {@code null} if it isn't
 * @param coolingDownAfter the failure for which it is; {@code null} if it isn't
 * @param circuitBreaker the state of its breaker
 */
public record TargetState(ModelId target, @Nullable Instant coolingDownUntil, @Nullable FailureKind coolingDownAfter,
		BreakerState circuitBreaker) {

	/**
	 * Whether a call would be let through.
	 * @return whether the target is neither cooling down nor shut off by its breaker
	 */
	public boolean isUsable() {
		return this.coolingDownUntil == null && this.circuitBreaker != BreakerState.OPEN;
	}

	/** The states of a circuit breaker. */
	public enum BreakerState {

		/** All attempts pass. */
		CLOSED,

		/** No attempt passes. */
		OPEN,

		/** A few trial attempts pass and decide. */
		HALF_OPEN

	}

}
