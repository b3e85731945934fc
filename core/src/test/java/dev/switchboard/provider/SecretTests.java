package dev.switchboard.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.switchboard.route.Wire;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecretTests {

	@Test
	void aSecretDoesNotShowItself() {
		Secret secret = Secret.of(" sk-very-secret\n");
		assertThat(secret.reveal()).isEqualTo("sk-very-secret");
		assertThat(secret).hasToString("******")
			.isEqualTo(Secret.of("sk-very-secret"))
			.hasSameHashCodeAs(Secret.of("sk-very-secret"))
			.isNotEqualTo(Secret.of("sk-other"));
	}

	@Test
	void whatCannotBeAHeaderIsNoSecret() {
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("  "))
			.withMessage("A secret must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("sk-1\nHost: evil"))
			.withMessageContaining("position 4")
			.withMessageNotContaining("sk-1");
	}

	@Test
	void settingsShowNeitherTheKeyNorTheValuesOfHeaders() {
		ProviderSettings settings = new ProviderSettings("corporate", Wire.OPENAI,
				URI.create("https://llm.internal/v1/"), Secret.of("sk-very-secret"),
				Map.of("X-Api-Token", "token-very-secret"), Duration.ofSeconds(2));
		assertThat(settings).asString()
			.contains("https://llm.internal/v1,", "X-Api-Token", "******")
			.doesNotContain("very-secret");
	}

	@Test
	void settingsRefuseWhatCannotWork() {
		assertRefused("llm.internal/v1", Map.of(), Duration.ofSeconds(1)).withMessageContaining("must be absolute");
		assertRefused("ftp://llm.internal", Map.of(), Duration.ofSeconds(1)).withMessageContaining("must be absolute");
		assertRefused("https://me:secret@llm.internal", Map.of(), Duration.ofSeconds(1))
			.withMessageContaining("no user, query or fragment")
			.withMessageNotContaining("secret@");
		assertRefused("https://llm.internal/?key=1", Map.of(), Duration.ofSeconds(1))
			.withMessageContaining("no user, query or fragment");
		assertRefused("https://llm.internal", Map.of("X Team", "search"), Duration.ofSeconds(1))
			.withMessageContaining("'X Team'");
		assertRefused("https://llm.internal", Map.of("X-Team", "a\r\nHost: evil"), Duration.ofSeconds(1))
			.withMessageContaining("'X-Team'")
			.withMessageNotContaining("evil");
		assertRefused("https://llm.internal", Map.of(), Duration.ZERO).withMessageContaining("must be positive");
	}

	private static ThrowableAssertAlternative<IllegalArgumentException> assertRefused(String url,
			Map<String, String> headers, Duration connectTimeout) {
		return assertThatIllegalArgumentException().isThrownBy(
				() -> new ProviderSettings("corporate", Wire.OPENAI, URI.create(url), null, headers, connectTimeout));
	}

}
