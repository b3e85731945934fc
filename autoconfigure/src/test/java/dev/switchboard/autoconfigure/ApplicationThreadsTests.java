package dev.switchboard.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.engine.RouteEngine;
import dev.switchboard.route.RouteName;
import dev.switchboard.thread.CallThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams are read by the kind of threads that the application runs on: to be seen on a
 * JVM that has both.
 */
class ApplicationThreadsTests {

	private static final boolean UNPINNED = Runtime.version().feature() >= 24;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SwitchboardSimulatorAutoConfiguration.class,
				SwitchboardAutoConfiguration.class, ChatClientAutoConfiguration.class))
		.withPropertyValues("switchboard.simulator.enabled=true", "switchboard.routes.openai.targets=openai/gpt-5.4",
				"switchboard.routes.anthropic.targets=anthropic/claude-haiku-4-5",
				"switchboard.routes.gemini.targets=google/gemini-3-flash",
				"switchboard.routes.cached.targets=openai/gpt-5.4", "switchboard.routes.cached.cache.ttl=1h");

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "gemini", "cached" })
	void platformOnesByDefault(String route) {
		this.runner.run((context) -> assertThat(readers(context.getBean(RouteEngine.class), route)).isNotEmpty()
			.allMatch((reader) -> reader.startsWith("switchboard-")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "gemini", "cached" })
	void virtualOnesWhereTheApplicationUsesThem(String route) {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			List<String> readers = readers(context.getBean(RouteEngine.class), route);

			assertThat(readers).isNotEmpty()
				.allMatch((reader) -> UNPINNED ? reader.isEmpty() : reader.startsWith("switchboard-"));
		});
	}

	@Test
	void theBeanMayBeReplaced() {
		this.runner.withBean(CallThreads.class, () -> CallThreads.PLATFORM)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(readers(context.getBean(RouteEngine.class), "openai"))
				.allMatch((reader) -> reader.startsWith("switchboard-")));
	}

	/** The names of the threads that bring the chunks; a virtual one has none. */
	private static List<String> readers(RouteEngine engine, String route) {
		List<String> readers = new CopyOnWriteArrayList<>();
		engine.model(new RouteName(route))
			.stream(new Prompt("Hi"))
			.doOnNext((chunk) -> readers.add(Thread.currentThread().getName()))
			.blockLast();
		return readers;
	}

}
