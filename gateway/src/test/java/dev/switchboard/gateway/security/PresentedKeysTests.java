package dev.switchboard.gateway.security;

import java.time.Duration;

import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.access.KeyMatch;
import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.access.Teams;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said while nobody can tell which keys there are.
 */
class PresentedKeysTests {

	private static final BearerTokens TOKENS = (token) -> new Identification.Known(CallerAccess.LOCAL);

	private static final KeyStore AWAY = new KeyStore() {

		@Override
		public KeyMatch find(String presented) {
			return new KeyMatch.Unavailable(Duration.ofSeconds(7));
		}

		@Override
		public Presence presence() {
			return Presence.UNKNOWN;
		}

	};

	private static Identification identify(@Nullable BearerTokens tokens, String header, String value) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/models");
		request.addHeader(header, value);
		return new PresentedKeys(AWAY, Teams.NONE, tokens).identify(request);
	}

	private static void assertUnavailable(Identification identification, @Nullable Integer seconds) {
		assertThat(identification).isInstanceOfSatisfying(Identification.Refused.class, (refused) -> {
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.code()).isEqualTo("keys_unavailable");
			assertThat(refused.retryAfter()).isNotNull();
			if (seconds != null) {
				assertThat(refused.retryAfter()).hasSeconds(seconds);
			}
		});
	}

	@Test
	void aKeyThatMayBeGoodIsNotToldToBeNone() {
		assertUnavailable(identify(null, "x-api-key", "sk-switchboard-x"), 7);
		assertUnavailable(identify(TOKENS, "Authorization", "Bearer sk-switchboard-x"), 7);
		assertUnavailable(identify(null, "Authorization", "Bearer a.b.c"), 7);
	}

	@Test
	void aTokenNeedsNoDatabase() {
		assertThat(identify(TOKENS, "Authorization", "Bearer a.b.c")).isInstanceOf(Identification.Known.class);
	}

	@Test
	void whetherAKeyIsNeededIsNotKnownEither() {
		assertUnavailable(identify(null, "Accept", "*/*"), null);
		assertThat(identify(TOKENS, "Accept", "*/*")).isInstanceOfSatisfying(Identification.Refused.class,
				(refused) -> assertThat(refused.code()).isEqualTo("key_required"));
	}

}
