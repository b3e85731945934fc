package dev.switchboard.provider;

import java.util.List;
import java.util.Map;

import dev.switchboard.cost.ModelId;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

class OpenAiTargetOptionsTests {

	@Test
	void theProvidersOwnOptionsAreKnownBesideThePortableOnes() {
		try (TargetClients clients = TargetClients.builder()
			.provider(ProviderSettings.of("openai", Wire.OPENAI, "http://localhost:1/v1", Secret.of("key")))
			.build()) {
			Target target = new Target(ModelId.parse("openai/gpt-5.4"), null, Map.of("reasoning-effort", "high",
					"max-tokens", 100, "temperature", 0.5, "stop", List.of("a", "b"), "verbosity", "low"));

			assertThat(clients.get(target).model().getOptions()).isInstanceOfSatisfying(OpenAiChatOptions.class,
					(options) -> {
						assertThat(options.getReasoningEffort()).isEqualTo("high");
						assertThat(options.getMaxTokens()).isEqualTo(100);
						assertThat(options.getTemperature()).isEqualTo(0.5);
						assertThat(options.getStop()).containsExactly("a", "b");
						assertThat(options.getVerbosity()).isEqualTo("low");
					});
		}
	}

}
