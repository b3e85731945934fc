package dev.switchboard.call;

import java.time.Instant;

import dev.switchboard.cost.ModelId;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A target that was passed over without being called.
 *
 * @param target which
 * @param reason why
 * @param until when it returns; {@code null} if time alone does not bring it back
 * @param failure the failure after which it cools down; {@code null} if it doesn't
 */
public record SkippedTarget(ModelId target, Reason reason, @Nullable Instant until, @Nullable FailureKind failure) {

	/**
	 * A target that is passed over for no failure of its own.
	 * @param target which
	 * @param reason why
	 * @param until when it returns; {@code null} if time alone does not bring it back
	 */
	public SkippedTarget(ModelId target, Reason reason, @Nullable Instant until) {
		this(target, reason, until, null);
	}

	/** Why a target is passed over. */
	public enum Reason {

		/** It is left out until a stated instant. */
		COOLING_DOWN,

		/** Its circuit breaker is open. */
		CIRCUIT_OPEN,

		/** Its context window is too small for the request. */
		WINDOW_TOO_SMALL,

		/** It lacks something that the request needs. */
		CAPABILITY_MISSING,

		/** A budget of its provider does not have what the attempt may cost. */
		BUDGET_SPENT,

		/** What is spent of a budget of its provider can't be looked up. */
		BUDGET_UNAVAILABLE,

		/** A budget of its provider could not count what it costs. */
		PRICE_UNKNOWN

	}

}
