package dev.switchboard.autoconfigure;

import java.time.Duration;

import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ResponseCacheTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SwitchboardSimulatorAutoConfiguration.class,
				SwitchboardAutoConfiguration.class, ChatClientAutoConfiguration.class))
		.withPropertyValues("switchboard.simulator.enabled=true", "switchboard.routes.any.targets=openai/gpt-5.4");

	@Test
	void aRouteWithATtlRemembers() {
		this.runner.withPropertyValues("switchboard.routes.any.cache.ttl=10m").run((context) -> {
			SimulatedProvider provider = context.getBean(Simulator.class).provider("openai").answers("one", "two");
			ChatClient client = context.getBean("any", ChatClient.class);

			assertThat(client.prompt("Hi").call().content()).isEqualTo("one");
			assertThat(client.prompt("Hi").call().content()).isEqualTo("one");
			assertThat(provider.requestCount()).isEqualTo(1);
		});
	}

	@Test
	void aRouteWithoutATtlDoesNot() {
		this.runner.run((context) -> {
			context.getBean(Simulator.class).provider("openai").answers("one", "two");
			ChatClient client = context.getBean("any", ChatClient.class);

			assertThat(client.prompt("Hi").call().content()).isEqualTo("one");
			assertThat(client.prompt("Hi").call().content()).isEqualTo("two");
		});
	}

	@Test
	void anAnswerAfterItsTimeIsRefreshedInTheBackground() {
		this.runner
			.withPropertyValues("switchboard.routes.any.cache.ttl=1ms",
					"switchboard.routes.any.cache.stale-while-revalidate=1h")
			.run((context) -> {
				SimulatedProvider provider = context.getBean(Simulator.class).provider("openai").answers("one", "two");
				ChatClient client = context.getBean("any", ChatClient.class);
				assertThat(client.prompt("Hi").call().content()).isEqualTo("one");

				await().atMost(Duration.ofSeconds(30)).until(() -> "two".equals(client.prompt("Hi").call().content()));
				assertThat(provider.requestCount()).isGreaterThanOrEqualTo(2);
			});
	}

}
