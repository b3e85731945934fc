package dev.switchboard.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

import dev.switchboard.call.RouteCallException;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class QuietStreamErrorsTests {

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "google" })
	void aFailedStreamIsNotLoggedWithTheProvidersWords(String provider, CapturedOutput output) {
		streamThatFails(provider);

		assertThat(output).doesNotContain("Aggregation Error")
			.doesNotContain("Error processing streaming response")
			.doesNotContain("you said: my secret");
	}

	@Test
	void aLevelThatTheApplicationSetsWins(CapturedOutput output) {
		streamThatFails("openai", "logging.level." + QuietStreamErrors.AGGREGATOR + "=error");

		assertThat(output).contains("Aggregation Error");
	}

	private static void streamThatFails(String provider, String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("switchboard.simulator.enabled=true",
					"switchboard.routes.any.targets=" + provider + "/any-model", "spring.ai.model.audio.speech=none",
					"spring.ai.model.audio.transcription=none", "spring.ai.model.chat=none",
					"spring.ai.model.embedding=none", "spring.ai.model.image=none", "spring.ai.model.moderation=none")
			.properties(properties)
			.run()) {
			context.getBean(Simulator.class)
				.provider(provider)
				.fails(Fault.invalidRequest().message("you said: my secret"));
			Throwable told = context.getBean("any", ChatClient.class)
				.prompt("my secret")
				.stream()
				.content()
				.then()
				.cast(Throwable.class)
				.onErrorResume(Mono::just)
				.block();
			assertThat(told).isInstanceOf(RouteCallException.class).hasMessageContaining("you said: my secret");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
