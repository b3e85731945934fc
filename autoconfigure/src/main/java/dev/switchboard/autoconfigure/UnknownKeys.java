package dev.switchboard.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

import dev.switchboard.autoconfigure.PropertyNames.Unknown;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds keys under {@code switchboard} that no property has: Spring Boot ignores them,
 * and a mistyped policy would be no policy.
 */
final class UnknownKeys {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("switchboard");

	private final Environment environment;

	private final Set<ConfigurationPropertyName> others;

	/**
	 * Looks into the files and arguments of an application.
	 * @param environment its environment
	 * @param others the prefixes under {@code switchboard} that belong to other modules
	 */
	UnknownKeys(Environment environment, Collection<String> others) {
		this.environment = environment;
		this.others = new LinkedHashSet<>();
		others.forEach((other) -> this.others.add(ConfigurationPropertyName.of(other)));
	}

	void report(Problems problems) {
		Set<String> reported = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			// The name of an environment variable does not tell where its dashes were.
			if (source instanceof IterableConfigurationPropertySource iterable && !isEnvironmentVariables(source)) {
				iterable.stream()
					.filter((name) -> ROOT.isAncestorOf(name) && this.others.stream().noneMatch(isAtOrAbove(name)))
					.forEach((name) -> {
						Unknown unknown = PropertyNames.unknownPart(SwitchboardProperties.class, ROOT, name);
						if (unknown != null && reported.add(unknown.name())) {
							report(unknown, problems);
						}
					});
			}
		}
	}

	private static Predicate<ConfigurationPropertyName> isAtOrAbove(ConfigurationPropertyName name) {
		return (other) -> other.equals(name) || other.isAncestorOf(name);
	}

	private static boolean isEnvironmentVariables(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& underlying instanceof SystemEnvironmentPropertySource;
	}

	private static void report(Unknown unknown, Problems problems) {
		String nearest = unknown.nearest();
		problems.add(unknown.name(), "is not known, so that it would be ignored", (nearest != null)
				? "did you mean '" + nearest + "'"
				: "remove it, or use one of " + unknown.known().stream().filter((key) -> !"true".equals(key)).toList());
	}

}
