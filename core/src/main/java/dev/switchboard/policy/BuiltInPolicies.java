package dev.switchboard.policy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/**
 * The policies that are there without being configured.
 */
public final class BuiltInPolicies {

	/** For casual work: falls back at once rather than wait. */
	public static final FallbackPolicy FAST = new FallbackPolicy("fast", 0, new Backoff(ofMillis(200), ofSeconds(2)),
			Duration.ZERO, new Timeouts(ofSeconds(30), ofSeconds(5), ofSeconds(10), ofMinutes(1)),
			CircuitBreakerSettings.DEFAULT, standardReactions(), false, StreamCommit.FIRST_TOKEN, StreamResume.VERIFIED,
			new OnExhausted.Fail(), null);

	/** The default: one retry where it may help, then the next target. */
	public static final FallbackPolicy STANDARD = new FallbackPolicy("standard", 1,
			new Backoff(ofMillis(300), ofSeconds(5)), ofSeconds(3),
			new Timeouts(ofMinutes(2), ofSeconds(20), ofSeconds(30), ofMinutes(5)), CircuitBreakerSettings.DEFAULT,
			standardReactions(), false, StreamCommit.FIRST_TOKEN, StreamResume.VERIFIED, new OnExhausted.Fail(), null);

	/**
	 * For work where a wrong answer is worse than none: another target only for outages.
	 */
	public static final FallbackPolicy CAREFUL = new FallbackPolicy("careful", 2,
			new Backoff(ofMillis(500), ofSeconds(10)), ofSeconds(10),
			new Timeouts(ofMinutes(3), ofSeconds(60), ofSeconds(60), ofMinutes(10)), CircuitBreakerSettings.DEFAULT,
			carefulReactions(), false, StreamCommit.FIRST_TOKEN, StreamResume.NEVER, new OnExhausted.Ask(), null);

	/** The first target or nothing. */
	public static final FallbackPolicy STRICT = STANDARD.mutate()
		.name("strict")
		.firstTargetOnly(true)
		.streamResume(StreamResume.NEVER)
		.build();

	private BuiltInPolicies() {
	}

	/**
	 * All of them, by their rising caution.
	 * @return the built-in policies
	 */
	public static List<FallbackPolicy> all() {
		return List.of(FAST, STANDARD, CAREFUL, STRICT);
	}

	private static Map<FailureKind, Reaction> standardReactions() {
		Map<FailureKind, Reaction> reactions = new EnumMap<>(FailureKind.class);
		reactions.put(FailureKind.RATE_LIMITED, Reaction.RETRY);
		reactions.put(FailureKind.QUOTA_EXHAUSTED, Reaction.FALLBACK);
		reactions.put(FailureKind.OVERLOADED, Reaction.RETRY);
		reactions.put(FailureKind.SERVER_ERROR, Reaction.RETRY);
		reactions.put(FailureKind.CONNECTION_FAILED, Reaction.RETRY);
		reactions.put(FailureKind.TIMED_OUT, Reaction.FALLBACK);
		reactions.put(FailureKind.UNAUTHORIZED, Reaction.FALLBACK);
		reactions.put(FailureKind.MODEL_NOT_FOUND, Reaction.FALLBACK);
		reactions.put(FailureKind.CONTEXT_WINDOW_EXCEEDED, Reaction.FALLBACK);
		reactions.put(FailureKind.INVALID_REQUEST, Reaction.STOP);
		reactions.put(FailureKind.CONTENT_REFUSED, Reaction.STOP);
		reactions.put(FailureKind.UNUSABLE_ANSWER, Reaction.RETRY);
		reactions.put(FailureKind.INTERRUPTED, Reaction.STOP);
		reactions.put(FailureKind.CANCELLED, Reaction.STOP);
		return reactions;
	}

	private static Map<FailureKind, Reaction> carefulReactions() {
		Map<FailureKind, Reaction> reactions = standardReactions();
		for (FailureKind kind : FailureKind.values()) {
			if (!kind.isOutage()) {
				reactions.put(kind, Reaction.STOP);
			}
		}
		return reactions;
	}

}
