package dev.switchboard.health;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import dev.switchboard.policy.Failure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/**
 * Leave to make one attempt. Whoever holds it says once how the attempt ended; what is
 * said after that is ignored.
 */
public final class Permit implements Admission {

	private final @Nullable CircuitBreaker breaker;

	private final AtomicBoolean used = new AtomicBoolean();

	Permit(@Nullable CircuitBreaker breaker) {
		this.breaker = breaker;
	}

	/**
	 * Leave that needs nobody's consent and counts for no breaker, for a target whose
	 * failures are passed on as they are.
	 * @return the permit
	 */
	public static Permit unconditional() {
		return new Permit(null);
	}

	/**
	 * The target answered.
	 * @param nanos how long it took, in nanoseconds
	 */
	public void answered(long nanos) {
		if (this.used.compareAndSet(false, true) && this.breaker != null) {
			this.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * The target failed.
	 * @param failure how; only what speaks against the target itself counts for its
	 * breaker
	 * @param nanos how long it took, in nanoseconds
	 */
	public void failed(Failure failure, long nanos) {
		if (!this.used.compareAndSet(false, true) || this.breaker == null) {
			return;
		}
		switch (failure.kind()) {
			case OVERLOADED, SERVER_ERROR, CONNECTION_FAILED, TIMED_OUT, UNUSABLE_ANSWER, INTERRUPTED ->
				this.breaker.onError(nanos, TimeUnit.NANOSECONDS, new TargetFailed());
			case CONTEXT_WINDOW_EXCEEDED, INVALID_REQUEST, CONTENT_REFUSED ->
				this.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
			// Limits and credentials have their cooldowns, and a caller who left says
			// nothing.
			case RATE_LIMITED, QUOTA_EXHAUSTED, UNAUTHORIZED, MODEL_NOT_FOUND, CANCELLED ->
				this.breaker.releasePermission();
		}
	}

	/** The attempt was not made, or was ended by us. */
	public void released() {
		if (this.used.compareAndSet(false, true) && this.breaker != null) {
			this.breaker.releasePermission();
		}
	}

	@Override
	public <T> T match(Function<Permit, T> permit, Function<Refused, T> refused) {
		return permit.apply(this);
	}

	/** The breaker wants an exception to count; nobody ever sees it. */
	private static final class TargetFailed extends RuntimeException {

		TargetFailed() {
			super(null, null, false, false);
		}

	}

}
