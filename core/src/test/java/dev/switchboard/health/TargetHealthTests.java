package dev.switchboard.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.ModelId;
import dev.switchboard.health.TargetState.BreakerState;
import dev.switchboard.policy.CircuitBreakerSettings;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TargetHealthTests {

	private static final ModelId TARGET = ModelId.parse("openai/gpt-5.4");

	private static final CircuitBreakerSettings SETTINGS = new CircuitBreakerSettings(50, 4, 4, Duration.ofSeconds(30),
			2);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

	private final TargetHealth health = new TargetHealth(this.now::get);

	@Test
	void aCoolingTargetIsRefusedUntilItsInstantForWhomeverAsks() {
		this.health.coolDown(TARGET, Duration.ofSeconds(10), FailureKind.RATE_LIMITED);

		assertThat(refusal()).isEqualTo(new SkippedTarget(TARGET, SkippedTarget.Reason.COOLING_DOWN,
				Instant.parse("2026-01-01T00:00:10Z"), FailureKind.RATE_LIMITED));
		pass(Duration.ofMillis(9_999));
		assertThat(refusal()).isNotNull();
		pass(Duration.ofMillis(1));
		assertThat(refusal()).isNull();
	}

	@Test
	void theBreakerOpensByItsRateAndTellsWhenItLetsTrialsThrough() {
		fail(4);

		assertThat(refusal()).isEqualTo(
				new SkippedTarget(TARGET, SkippedTarget.Reason.CIRCUIT_OPEN, Instant.parse("2026-01-01T00:00:30Z")));
		assertThat(this.health.state(TARGET).circuitBreaker()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void onlyTheTrialAttemptsPassAHalfOpenBreaker() {
		fail(4);
		pass(Duration.ofSeconds(31));

		Permit first = permit();
		Permit second = permit();
		assertThat(refusal()).isNotNull();

		first.answered(1);
		second.answered(1);
		assertThat(refusal()).isNull();
		assertThat(this.health.state(TARGET).circuitBreaker()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void failedTrialsOpenItAgain() {
		fail(4);
		pass(Duration.ofSeconds(31));

		fail(2);

		assertThat(refusal()).isNotNull();
	}

	@Test
	void anAbandonedTrialGivesItsPlaceBack() {
		fail(4);
		pass(Duration.ofSeconds(31));

		permit().released();
		permit().released();

		assertThat(refusal()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "RATE_LIMITED", "QUOTA_EXHAUSTED", "UNAUTHORIZED", "MODEL_NOT_FOUND", "INVALID_REQUEST",
			"CONTEXT_WINDOW_EXCEEDED", "CONTENT_REFUSED", "CANCELLED" })
	void whatDoesNotSpeakAgainstTheTargetNeverOpensItsBreaker(FailureKind kind) {
		for (int i = 0; i < 20; i++) {
			permit().failed(Failure.of(kind, "a failure"), 1);
		}

		assertThat(refusal()).isNull();
	}

	@Test
	void anAttemptHasOneEnd() {
		Permit permit = permit();
		permit.answered(1);
		for (int i = 0; i < 20; i++) {
			permit.failed(Failure.of(FailureKind.SERVER_ERROR, "boom"), 1);
		}

		assertThat(refusal()).isNull();
	}

	@Test
	void aResetTargetIsUsableAtOnce() {
		fail(4);
		this.health.coolDown(TARGET, Duration.ofHours(1), FailureKind.QUOTA_EXHAUSTED);

		this.health.reset(TARGET);

		assertThat(refusal()).isNull();
		assertThat(this.health.states()).singleElement().satisfies((state) -> assertThat(state.isUsable()).isTrue());
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			permit().failed(Failure.of(FailureKind.SERVER_ERROR, "boom"), 1);
		}
	}

	private Permit permit() {
		return this.health.admit(TARGET, SETTINGS).match((permit) -> permit, (refused) -> {
			throw new AssertionError("refused: " + refused);
		});
	}

	private @Nullable SkippedTarget refusal() {
		return this.health.admit(TARGET, SETTINGS).<@Nullable SkippedTarget>match((permit) -> {
			permit.released();
			return null;
		}, Admission.Refused::skipped);
	}

	private void pass(Duration duration) {
		this.now.updateAndGet((instant) -> instant.plus(duration));
	}

}
