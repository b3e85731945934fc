package dev.switchboard.policy;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FallbackPolicyTests {

	private static final Duration PLENTY = Duration.ofMinutes(1);

	@ParameterizedTest
	@CsvSource(textBlock = """
			# kind                   fast      standard  careful   strict
			RATE_LIMITED,            Fallback, Fallback, Fallback, Fallback
			QUOTA_EXHAUSTED,         Fallback, Fallback, Fallback, Fallback
			OVERLOADED,              Fallback, Retry,    Retry,    Retry
			SERVER_ERROR,            Fallback, Retry,    Retry,    Retry
			CONNECTION_FAILED,       Fallback, Retry,    Retry,    Retry
			TIMED_OUT,               Fallback, Fallback, Fallback, Fallback
			UNAUTHORIZED,            Fallback, Fallback, Stop,     Fallback
			MODEL_NOT_FOUND,         Fallback, Fallback, Stop,     Fallback
			CONTEXT_WINDOW_EXCEEDED, Fallback, Fallback, Stop,     Fallback
			INVALID_REQUEST,         Stop,     Stop,     Stop,     Stop
			CONTENT_REFUSED,         Stop,     Stop,     Stop,     Stop
			UNUSABLE_ANSWER,         Fallback, Retry,    Stop,     Retry
			INTERRUPTED,             Stop,     Stop,     Stop,     Stop
			CANCELLED,               Stop,     Stop,     Stop,     Stop
			""")
	void eachPolicyAnswersTheFirstFailureOfEachKind(FailureKind kind, String fast, String standard, String careful,
			String strict) {
		assertThat(nameOfStep(BuiltInPolicies.FAST, kind, 0)).as("fast").isEqualTo(fast);
		assertThat(nameOfStep(BuiltInPolicies.STANDARD, kind, 0)).as("standard").isEqualTo(standard);
		assertThat(nameOfStep(BuiltInPolicies.CAREFUL, kind, 0)).as("careful").isEqualTo(careful);
		assertThat(nameOfStep(BuiltInPolicies.STRICT, kind, 0)).as("strict").isEqualTo(strict);
	}

	@ParameterizedTest
	@EnumSource(FailureKind.class)
	void noTargetIsRetriedMoreOftenThanAllowed(FailureKind kind) {
		assertThat(nameOfStep(BuiltInPolicies.STANDARD, kind, 1)).isNotEqualTo("Retry");
		assertThat(nameOfStep(BuiltInPolicies.CAREFUL, kind, 2)).isNotEqualTo("Retry");
	}

	@Test
	void onlyTheFirstTargetIsUsedByStrictAlone() {
		assertThat(BuiltInPolicies.all()).filteredOn(FallbackPolicy::firstTargetOnly)
			.containsExactly(BuiltInPolicies.STRICT);
	}

	@Test
	void anOverriddenReactionWins() {
		FallbackPolicy policy = BuiltInPolicies.STANDARD
			.withReactions(Map.of(FailureKind.CONTENT_REFUSED, Reaction.FALLBACK));

		assertThat(nameOfStep(policy, FailureKind.CONTENT_REFUSED, 0)).isEqualTo("Fallback");
		assertThat(nameOfStep(policy, FailureKind.INVALID_REQUEST, 0)).isEqualTo("Stop");
	}

	@Test
	void aRetryAlwaysEndsBeforeTheDeadline() {
		Failure failure = Failure.of(FailureKind.SERVER_ERROR, "boom");

		assertThat(after(BuiltInPolicies.STANDARD, failure, 0, Duration.ofMillis(100)))
			.isInstanceOf(NextStep.Fallback.class);
	}

	@Nested
	class RateLimits {

		@Test
		void aShortRetryAfterIsWaitedFor() {
			assertThat(after(BuiltInPolicies.STANDARD, limited(Duration.ofSeconds(2)), 0, PLENTY))
				.isEqualTo(new NextStep.Retry(Duration.ofSeconds(2)));
		}

		@Test
		void aLongRetryAfterIsNot() {
			assertThat(after(BuiltInPolicies.STANDARD, limited(Duration.ofSeconds(4)), 0, PLENTY))
				.isInstanceOf(NextStep.Fallback.class);
		}

		@Test
		void carefulHasMorePatience() {
			assertThat(after(BuiltInPolicies.CAREFUL, limited(Duration.ofSeconds(9)), 0, PLENTY))
				.isEqualTo(new NextStep.Retry(Duration.ofSeconds(9)));
		}

		@Test
		void evenCarefulWaitsOnlyOnce() {
			assertThat(after(BuiltInPolicies.CAREFUL, limited(Duration.ofSeconds(1)), 1, PLENTY))
				.isInstanceOf(NextStep.Fallback.class);
		}

		@Test
		void aRetryAfterBeyondTheDeadlineIsNotWaitedFor() {
			assertThat(after(BuiltInPolicies.STANDARD, limited(Duration.ofSeconds(2)), 0, Duration.ofSeconds(1)))
				.isInstanceOf(NextStep.Fallback.class);
		}

		@Test
		void theTargetCoolsForAsLongAsItAsked() {
			assertThat(BuiltInPolicies.STANDARD.cooldown(limited(Duration.ofSeconds(42))))
				.isEqualTo(Duration.ofSeconds(42));
		}

		@Test
		void anOverloadedProviderThatAsksForAPauseGetsItOrIsLeft() {
			Failure pause = new Failure(FailureKind.OVERLOADED, 503, null, Duration.ofSeconds(2), "busy", null);
			Failure longPause = new Failure(FailureKind.OVERLOADED, 503, null, Duration.ofSeconds(20), "busy", null);

			assertThat(after(BuiltInPolicies.STANDARD, pause, 0, PLENTY))
				.isEqualTo(new NextStep.Retry(Duration.ofSeconds(2)));
			assertThat(after(BuiltInPolicies.STANDARD, longPause, 0, PLENTY)).isInstanceOf(NextStep.Fallback.class);
			assertThat(BuiltInPolicies.STANDARD.cooldown(longPause)).isEqualTo(Duration.ofSeconds(20));
		}

		private Failure limited(@Nullable Duration retryAfter) {
			return new Failure(FailureKind.RATE_LIMITED, 429, null, retryAfter, "slow down", null);
		}

	}

	@Nested
	class Cooldowns {

		@Test
		void anEmptyAccountCoolsForTenMinutes() {
			assertThat(BuiltInPolicies.FAST.cooldown(Failure.of(FailureKind.QUOTA_EXHAUSTED, "pay")))
				.isEqualTo(Duration.ofMinutes(10));
		}

		@Test
		void aFailureThatSaysNothingOfTheNextCallCoolsNothing() {
			assertThat(BuiltInPolicies.FAST.cooldown(Failure.of(FailureKind.SERVER_ERROR, "boom"))).isNull();
			assertThat(BuiltInPolicies.FAST.cooldown(Failure.of(FailureKind.INVALID_REQUEST, "what?"))).isNull();
		}

	}

	@Nested
	class Backoffs {

		private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

		@ParameterizedTest
		@CsvSource({ "1, 50, 100", "2, 100, 200", "3, 200, 400", "4, 400, 800", "5, 500, 1000", "60, 500, 1000" })
		void aPauseDoublesUpToTheLongestAndIsJittered(int retry, long shortest, long longest) {
			SplittableRandom random = new SplittableRandom(42);
			for (int i = 0; i < 200; i++) {
				assertThat(this.backoff.before(retry, random)).isBetween(Duration.ofMillis(shortest),
						Duration.ofMillis(longest));
			}
		}

		@Test
		void nonsenseIsRefused() {
			assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
				.withMessageContaining("must not be shorter than the initial one");
		}

	}

	private static String nameOfStep(FallbackPolicy policy, FailureKind kind, int retries) {
		return after(policy, Failure.of(kind, "a failure"), retries, PLENTY).getClass().getSimpleName();
	}

	private static NextStep after(FallbackPolicy policy, Failure failure, int retries, Duration remaining) {
		return policy.after(failure, retries, remaining, new SplittableRandom(1));
	}

}
