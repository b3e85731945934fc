package dev.switchboard.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps Spring AI from logging the failures of streams, which a route either makes good
 * or tells the caller: the text of such a failure is the provider's and may quote the
 * prompt. A level that the application sets itself wins.
 */
final class QuietStreamErrors implements EnvironmentPostProcessor {

	static final String AGGREGATOR = "org.springframework.ai.chat.model.MessageAggregator";

	private static final String ANTHROPIC = "org.springframework.ai.anthropic.AnthropicChatModel";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getProperty("switchboard.enabled", Boolean.class, true)) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("switchboardLogLevels",
						Map.of("logging.level." + AGGREGATOR, "off", "logging.level." + ANTHROPIC, "off")));
		}
	}

}
