package dev.switchboard.gateway.scg;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Says Spring Boot's own defaults aloud, for Spring Cloud Gateway replaces them where
 * nothing is said: it keeps every client of the application from following redirects, and
 * takes the fields of forms, multipart or not, away from all of its controllers. What an
 * application says itself, anywhere, wins.
 * <p>
 * The fields of forms that are not multipart reach either the controllers or the routes
 * of Spring Cloud Gateway. An application that configures Spring Cloud Gateway by any
 * property is left to it; one that has its routes in code alone, and passes forms on,
 * says {@code spring.cloud.gateway.server.webmvc.form-filter.enabled=true}.
 */
public final class ApplicationDefaults implements EnvironmentPostProcessor, Ordered {

	static final String REDIRECTS = "spring.http.clients.redirects";

	private static final String SOURCE = "switchboardApplicationDefaults";

	private static final String SPRING_CLOUD_GATEWAY = "spring.cloud.gateway.server.webmvc";

	private static final Map<String, String> DEFAULTS = Map.of(REDIRECTS, "FOLLOW_WHEN_POSSIBLE",
			"spring.servlet.multipart.enabled", "true");

	/** Before Spring Cloud Gateway's, which come last. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE - 1;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> unsaid = new LinkedHashMap<>();
		DEFAULTS.forEach((name, value) -> {
			if (!environment.containsProperty(name)) {
				unsaid.put(name, value);
			}
		});
		if (!configuresSpringCloudGateway(environment)) {
			unsaid.put(SPRING_CLOUD_GATEWAY + ".form-filter.enabled", "false");
		}
		environment.getPropertySources().addLast(new MapPropertySource(SOURCE, unsaid));
	}

	private static boolean configuresSpringCloudGateway(Environment environment) {
		return Binder.get(environment).bind(SPRING_CLOUD_GATEWAY, Bindable.mapOf(String.class, Object.class)).isBound();
	}

	/** Whether the application itself says what its clients do about redirects. */
	static boolean applicationSaysRedirects(Environment environment) {
		return !(environment instanceof ConfigurableEnvironment configurable) || configurable.getPropertySources()
			.stream()
			.anyMatch((source) -> !source.getName().equals(SOURCE)
					&& !source.getName().equals("configurationProperties") && source.containsProperty(REDIRECTS));
	}

}
