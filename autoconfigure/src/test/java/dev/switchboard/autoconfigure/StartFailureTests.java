package dev.switchboard.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is on the console of an application that cannot start, seen from outside.
 */
class StartFailureTests {

	@Test
	void theLibraryOfAWireIsNamedWhenItIsMissing() throws Exception {
		String console = start((entry) -> !entry.contains("anthropic"),
				"--switchboard.providers.anthropic.api-key=sk-1",
				"--switchboard.routes.code.targets=anthropic/claude-sonnet-4-6");
		assertThat(console).contains("APPLICATION FAILED TO START")
			.contains("The configuration of Switchboard has a problem:")
			.contains("Property 'switchboard.routes.code.targets[0]' names provider 'anthropic', which speaks the "
					+ "anthropic wire, but the library for it is missing. Action: add the dependency "
					+ "'org.springframework.ai:spring-ai-anthropic'.")
			.contains("Change the property as said above.");
	}

	@Test
	void aRouteOnOneWireNeedsNoLibraryOfAnother() throws Exception {
		String console = start((entry) -> !entry.contains("anthropic") && !entry.contains("google"),
				"--switchboard.providers.openai.api-key=sk-1", "--switchboard.routes.code.targets=openai/gpt-5.4");
		assertThat(console).contains("openai/gpt-5.4  policy=standard").contains("Started");
	}

	private static String start(Predicate<String> classpath, String... arguments)
			throws IOException, InterruptedException {
		String whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
		command.add(Arrays.stream(whole.split(File.pathSeparator))
			.filter((entry) -> !entry.contains("spring-ai-autoconfigure-model-openai") && classpath.test(entry))
			.collect(Collectors.joining(File.pathSeparator)));
		command.add(Application.class.getName());
		command.add("--spring.main.web-application-type=none");
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			String console = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			return console;
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args).close();
		}

	}

}
