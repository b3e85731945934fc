package dev.switchboard.cache;

import java.time.Duration;

import dev.switchboard.call.CacheControl;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CacheRequestTests {

	private static CacheRequest request(@Nullable Duration patience) {
		return new CacheRequest(new CacheKey(new RouteName("cheap-fast"), "a"), CacheSettings.of(Duration.ofMinutes(1)),
				CacheControl.DEFAULT, patience, (ex) -> false, () -> TestAnswers.answer("one"));
	}

	@Test
	void patienceIsUsedUpByWaiting() {
		CacheRequest request = request(Duration.ofSeconds(5));
		assertThat(request.waitedFor(3_000_000_000L).patience()).isEqualTo(Duration.ofSeconds(2));
		assertThat(request.waitedFor(6_000_000_000L).patience()).isZero();
	}

	@Test
	void patienceWithoutEndHasNone() {
		assertThat(request(null).waitedFor(6_000_000_000L).patience()).isNull();
	}

}
