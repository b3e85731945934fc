package dev.switchboard.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/**
 * An application that has nothing but the configuration of an example, Spring AI, and
 * this project as a dependency.
 */
final class Application {

	/** Each of those who need one, but DeepSeek, who is to be without. */
	private static final Set<String> KEYS = Set.of("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY",
			"MISTRAL_API_KEY", "GROQ_API_KEY", "TEAM_OPENAI_KEY", "TEAM_ANTHROPIC_KEY", "COMPANY_KEY");

	/** Where examples that keep something keep it. */
	private static final String DATA_FOLDER = "DATA_FOLDER=target/data";

	private Application() {
	}

	/**
	 * An application without any key.
	 * @param yaml its configuration
	 */
	static ApplicationContextRunner with(String yaml) {
		return new ApplicationContextRunner().withConfiguration(autoConfigurations())
			.withInitializer(configuredBy(yaml));
	}

	/**
	 * An application with keys, and with a model of its own as {@code bedrockChatModel}.
	 * @param yaml its configuration
	 */
	static ApplicationContextRunner withKeysAnd(String yaml) {
		String[] keys = KEYS.stream().map((key) -> key + "=not-a-key").toArray(String[]::new);
		return with(yaml).withPropertyValues(DATA_FOLDER)
			.withPropertyValues(keys)
			.withBean("bedrockChatModel", ChatModel.class, () -> (prompt) -> {
				throw new UnsupportedOperationException();
			});
	}

	/**
	 * A web application with keys and with the gateway, but without a server.
	 * @param yaml its configuration
	 */
	static WebApplicationContextRunner asGateway(String yaml) {
		String[] keys = KEYS.stream().map((key) -> key + "=not-a-key").toArray(String[]::new);
		return new WebApplicationContextRunner().withConfiguration(autoConfigurations())
			.withConfiguration(
					AutoConfigurations.of(DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class,
							SecurityAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class))
			.withInitializer(configuredBy(yaml))
			.withPropertyValues(DATA_FOLDER)
			.withPropertyValues(keys);
	}

	private static AutoConfigurations autoConfigurations() {
		List<Class<?>> classes = new ArrayList<>();
		ImportCandidates.load(AutoConfiguration.class, Application.class.getClassLoader()).forEach((name) -> {
			if (name.startsWith("dev.switchboard.") || name.startsWith("org.springframework.ai.")) {
				classes.add(load(name));
			}
		});
		return AutoConfigurations.of(classes.toArray(Class<?>[]::new));
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> configuredBy(String yaml) {
		return (context) -> {
			try {
				ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
				new YamlPropertySourceLoader().load("example", resource)
					.forEach(context.getEnvironment().getPropertySources()::addFirst);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		};
	}

}
