package dev.switchboard.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.switchboard.autoconfigure.PropertyNames.Unknown;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.annotation.AnnotatedElementUtils;
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

	private final Map<ConfigurationPropertyName, Class<?>> modules = new LinkedHashMap<>();

	/**
	 * Looks into the files and arguments of an application.
	 * @param environment its environment
	 * @param others the prefixes under {@code switchboard} that belong to others
	 * @param modules those who tell what there is under their prefix
	 */
	UnknownKeys(Environment environment, Collection<String> others, Collection<ModuleConfiguration> modules) {
		this.environment = environment;
		this.others = new LinkedHashSet<>();
		others.forEach((other) -> this.others.add(ConfigurationPropertyName.of(other)));
		for (ModuleConfiguration module : modules) {
			ConfigurationProperties annotation = AnnotatedElementUtils.findMergedAnnotation(module.properties(),
					ConfigurationProperties.class);
			if (annotation != null) {
				this.modules.put(ConfigurationPropertyName.of(annotation.prefix()), module.properties());
			}
		}
	}

	void report(Problems problems) {
		Set<String> reported = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			// The name of an environment variable does not tell where its dashes were.
			if (source instanceof IterableConfigurationPropertySource iterable && !isEnvironmentVariables(source)) {
				iterable.stream().filter(ROOT::isAncestorOf).forEach((name) -> {
					Unknown unknown = unknownPart(name);
					if (unknown != null && reported.add(unknown.name())) {
						report(unknown, problems);
					}
				});
			}
		}
	}

	private @Nullable Unknown unknownPart(ConfigurationPropertyName name) {
		for (Map.Entry<ConfigurationPropertyName, Class<?>> module : this.modules.entrySet()) {
			if (isAtOrAbove(module.getKey(), name)) {
				return PropertyNames.unknownPart(module.getValue(), module.getKey(), name);
			}
		}
		return this.others.stream().anyMatch((other) -> isAtOrAbove(other, name)) ? null
				: PropertyNames.unknownPart(SwitchboardProperties.class, ROOT, name);
	}

	private static boolean isAtOrAbove(ConfigurationPropertyName one, ConfigurationPropertyName name) {
		return one.equals(name) || one.isAncestorOf(name);
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
