package dev.switchboard.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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

	@Test
	void aFailedStreamIsNotLoggedWithTheProvidersWords(CapturedOutput output) {
		streamThatFails();

		assertThat(output).doesNotContain("Aggregation Error").doesNotContain("you said: my secret");
	}

	@Test
	void aLevelThatTheApplicationSetsWins(CapturedOutput output) {
		streamThatFails("logging.level." + QuietStreamErrors.LOGGER + "=error");

		assertThat(output).contains("Aggregation Error");
	}

	private static void streamThatFails(String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("switchboard.simulator.enabled=true", "switchboard.routes.any.targets=openai/gpt-5.4",
					"spring.ai.model.audio.speech=none", "spring.ai.model.audio.transcription=none",
					"spring.ai.model.chat=none", "spring.ai.model.embedding=none", "spring.ai.model.image=none",
					"spring.ai.model.moderation=none")
			.properties(properties)
			.run()) {
			context.getBean(Simulator.class)
				.provider("openai")
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
