package dev.switchboard.provider;

import dev.switchboard.route.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WellKnownProvidersTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "openai", "anthropic", "google", "mistral", "xai", "deepseek", "groq", "together", "fireworks",
					"deepinfra", "openrouter", "qwen", "moonshot", "zhipu", "doubao", "ollama", "vllm", "litellm" })
	void isKnown(String name) {
		assertThat(WellKnownProviders.find(name)).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("dev.switchboard.provider.WellKnownProviders#names")
	void makesSettingsWithAKeyAlone(String name) {
		WellKnownProvider provider = WellKnownProviders.find(name);
		assertThat(provider).isNotNull();
		ProviderSettings settings = ProviderSettings.of(name, provider.wire(), provider.baseUrl().toString(),
				Secret.of("sk-1"));
		assertThat(settings.baseUrl()).isEqualTo(provider.baseUrl());
		assertThat(settings.baseUrl().getPath().isEmpty()).isEqualTo(provider.wire() != Wire.OPENAI);
	}

	@ParameterizedTest
	@MethodSource("dev.switchboard.provider.WellKnownProviders#names")
	void whatLeavesTheMachineIsEncrypted(String name) {
		WellKnownProvider provider = WellKnownProviders.find(name);
		assertThat(provider).isNotNull();
		assertThat(provider.baseUrl().getScheme()).isEqualTo(provider.needsKey() ? "https" : "http");
	}

}
