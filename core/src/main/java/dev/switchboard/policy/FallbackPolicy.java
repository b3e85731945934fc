package dev.switchboard.policy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The written rules of a route for the case that an attempt fails.
 *
 * @param name the policy's name
 * @param maxRetries how many further attempts the same target gets; 0 or more
 * @param backoff the pause before a retry
 * @param rateLimitPatience the longest {@code Retry-After} that is waited for rather than
 * falling back; zero waits for none
 * @param timeouts how long attempts and the call may take
 * @param circuitBreaker when a target is left alone
 * @param reactions what each kind of failure leads to; a kind that is missing stops
 * @param firstTargetOnly whether only the first target of a route is ever used
 * @param streamCommit when the first content of a stream is passed on
 * @param streamResume what is done about a stream that breaks after that
 * @param onExhausted what is done when no target is left
 * @param hedgeAfter after how long without an answer a second attempt starts beside the
 * first; {@code null} for never
 */
public record FallbackPolicy(String name, int maxRetries, Backoff backoff, Duration rateLimitPatience,
		Timeouts timeouts, CircuitBreakerSettings circuitBreaker, Map<FailureKind, Reaction> reactions,
		boolean firstTargetOnly, StreamCommit streamCommit, StreamResume streamResume, OnExhausted onExhausted,
		@Nullable Duration hedgeAfter) {

	private static final NextStep FALLBACK = new NextStep.Fallback();

	private static final NextStep STOP = new NextStep.Stop();

	// A 429 without Retry-After says nothing of when to come back; a few seconds spare
	// the
	// provider the next calls without leaving a target out for long.
	private static final Duration UNSTATED_RATE_LIMIT = Duration.ofSeconds(5);

	private static final Duration QUOTA_COOLDOWN = Duration.ofMinutes(10);

	private static final Duration UNAUTHORIZED_COOLDOWN = Duration.ofMinutes(5);

	public FallbackPolicy {
		if (maxRetries < 0) {
			throw new IllegalArgumentException("max-retries must not be negative, but was " + maxRetries);
		}
		if (rateLimitPatience.isNegative()) {
			throw new IllegalArgumentException(
					"rate-limit-patience must not be negative, but was " + rateLimitPatience);
		}
		if (hedgeAfter != null && (hedgeAfter.isNegative() || hedgeAfter.isZero())) {
			throw new IllegalArgumentException("hedge-after must be positive, but was " + hedgeAfter);
		}
		reactions = Map.copyOf(reactions);
	}

	/**
	 * What follows a failed attempt.
	 * @param failure how it failed
	 * @param retries how many retries the target has already had in this call
	 * @param remaining the time left until the call's deadline
	 * @param random where jitter comes from
	 * @return the next step; a retry never waits beyond the deadline
	 */
	public NextStep after(Failure failure, int retries, Duration remaining, RandomGenerator random) {
		Reaction reaction = this.reactions.getOrDefault(failure.kind(), Reaction.STOP);
		if (reaction == Reaction.STOP) {
			return STOP;
		}
		if (reaction == Reaction.FALLBACK || retries >= this.maxRetries) {
			return FALLBACK;
		}
		if (failure.kind() == FailureKind.RATE_LIMITED) {
			Duration asked = failure.retryAfter();
			if (asked == null || retries > 0 || asked.compareTo(this.rateLimitPatience) > 0) {
				return FALLBACK;
			}
			return (asked.compareTo(remaining) < 0) ? new NextStep.Retry(asked) : FALLBACK;
		}
		Duration pause = this.backoff.before(retries + 1, random);
		if (failure.retryAfter() != null && failure.retryAfter().compareTo(pause) > 0) {
			if (failure.retryAfter().compareTo(this.rateLimitPatience) > 0) {
				return FALLBACK;
			}
			pause = failure.retryAfter();
		}
		return (pause.compareTo(remaining) < 0) ? new NextStep.Retry(pause) : FALLBACK;
	}

	/**
	 * How long a target is left out after a failure that no retry follows.
	 * @param failure how it failed
	 * @return the cooldown; {@code null} if the failure says nothing about the next call
	 */
	public @Nullable Duration cooldown(Failure failure) {
		return switch (failure.kind()) {
			case RATE_LIMITED -> (failure.retryAfter() != null) ? failure.retryAfter() : UNSTATED_RATE_LIMIT;
			case QUOTA_EXHAUSTED -> QUOTA_COOLDOWN;
			case UNAUTHORIZED -> UNAUTHORIZED_COOLDOWN;
			case OVERLOADED -> failure.retryAfter();
			default -> null;
		};
	}

	/**
	 * This policy with some reactions replaced.
	 * @param overrides the reactions that win
	 * @return a new policy
	 */
	public FallbackPolicy withReactions(Map<FailureKind, Reaction> overrides) {
		return mutate().reactions(overrides).build();
	}

	/**
	 * Begins a policy that is like this one but for what is said of it.
	 * @return a builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	/**
	 * Changes a policy into another one.
	 */
	public static final class Builder {

		private String name;

		private int maxRetries;

		private Backoff backoff;

		private Duration rateLimitPatience;

		private Timeouts timeouts;

		private CircuitBreakerSettings circuitBreaker;

		private final Map<FailureKind, Reaction> reactions = new EnumMap<>(FailureKind.class);

		private boolean firstTargetOnly;

		private StreamCommit streamCommit;

		private StreamResume streamResume;

		private OnExhausted onExhausted;

		private @Nullable Duration hedgeAfter;

		private Builder(FallbackPolicy policy) {
			this.name = policy.name;
			this.maxRetries = policy.maxRetries;
			this.backoff = policy.backoff;
			this.rateLimitPatience = policy.rateLimitPatience;
			this.timeouts = policy.timeouts;
			this.circuitBreaker = policy.circuitBreaker;
			this.reactions.putAll(policy.reactions);
			this.firstTargetOnly = policy.firstTargetOnly;
			this.streamCommit = policy.streamCommit;
			this.streamResume = policy.streamResume;
			this.onExhausted = policy.onExhausted;
			this.hedgeAfter = policy.hedgeAfter;
		}

		/**
		 * Sets the policy's name.
		 * @param name the name
		 * @return this builder
		 */
		public Builder name(String name) {
			this.name = name;
			return this;
		}

		/**
		 * Sets how many further attempts the same target gets.
		 * @param maxRetries 0 or more
		 * @return this builder
		 */
		public Builder maxRetries(int maxRetries) {
			this.maxRetries = maxRetries;
			return this;
		}

		/**
		 * Sets the pause before a retry.
		 * @param backoff the pause
		 * @return this builder
		 */
		public Builder backoff(Backoff backoff) {
			this.backoff = backoff;
			return this;
		}

		/**
		 * Sets the longest {@code Retry-After} that is waited for.
		 * @param patience zero waits for none
		 * @return this builder
		 */
		public Builder rateLimitPatience(Duration patience) {
			this.rateLimitPatience = patience;
			return this;
		}

		/**
		 * Sets how long attempts and the call may take.
		 * @param timeouts the timeouts
		 * @return this builder
		 */
		public Builder timeouts(Timeouts timeouts) {
			this.timeouts = timeouts;
			return this;
		}

		/**
		 * Sets when a target is left alone.
		 * @param circuitBreaker the breaker's settings
		 * @return this builder
		 */
		public Builder circuitBreaker(CircuitBreakerSettings circuitBreaker) {
			this.circuitBreaker = circuitBreaker;
			return this;
		}

		/**
		 * Replaces the reactions to some kinds of failure.
		 * @param overrides the reactions that win
		 * @return this builder
		 */
		public Builder reactions(Map<FailureKind, Reaction> overrides) {
			this.reactions.putAll(overrides);
			return this;
		}

		/**
		 * Sets whether only the first target of a route is ever used.
		 * @param firstTargetOnly whether it is
		 * @return this builder
		 */
		public Builder firstTargetOnly(boolean firstTargetOnly) {
			this.firstTargetOnly = firstTargetOnly;
			return this;
		}

		/**
		 * Sets when the first content of a stream is passed on.
		 * @param commit when
		 * @return this builder
		 */
		public Builder streamCommit(StreamCommit commit) {
			this.streamCommit = commit;
			return this;
		}

		/**
		 * Sets what is done about a stream that breaks after that.
		 * @param resume what
		 * @return this builder
		 */
		public Builder streamResume(StreamResume resume) {
			this.streamResume = resume;
			return this;
		}

		/**
		 * Sets what is done when no target is left.
		 * @param onExhausted what
		 * @return this builder
		 */
		public Builder onExhausted(OnExhausted onExhausted) {
			this.onExhausted = onExhausted;
			return this;
		}

		/**
		 * Sets after how long without an answer a second attempt starts.
		 * @param hedgeAfter {@code null} for never
		 * @return this builder
		 */
		public Builder hedgeAfter(@Nullable Duration hedgeAfter) {
			this.hedgeAfter = hedgeAfter;
			return this;
		}

		/**
		 * Makes the policy.
		 * @return the policy
		 * @throws IllegalArgumentException if one of its values is out of range
		 */
		public FallbackPolicy build() {
			return new FallbackPolicy(this.name, this.maxRetries, this.backoff, this.rateLimitPatience, this.timeouts,
					this.circuitBreaker, this.reactions, this.firstTargetOnly, this.streamCommit, this.streamResume,
					this.onExhausted, this.hedgeAfter);
		}

	}

}
