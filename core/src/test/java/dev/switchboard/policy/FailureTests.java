package dev.switchboard.policy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@Test
	void theTextOfAFailureLeavesOutTheProvidersWords() {
		Failure failure = new Failure(FailureKind.INVALID_REQUEST, 400, "bad_value", Duration.ofSeconds(1),
				"Your prompt 'my secret' is wrong", null);

		assertThat(failure).hasToString("invalid-request status=400 code=bad_value retryAfter=1000ms");
	}

	@Test
	void anOutageIsWhatAnotherProviderMayHelpWith() {
		assertThat(FailureKind.RATE_LIMITED.isOutage()).isTrue();
		assertThat(FailureKind.CONNECTION_FAILED.isOutage()).isTrue();
		assertThat(FailureKind.INVALID_REQUEST.isOutage()).isFalse();
		assertThat(FailureKind.CONTENT_REFUSED.isOutage()).isFalse();
	}

}
