package dev.switchboard.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.Environment;

/**
 * Finds what is wrong with the properties themselves, before anything is made of them:
 * keys that nobody knows, and values out of their range.
 */
final class ConfigurationInspection {

	private final ListableBeanFactory beans;

	private final Environment environment;

	ConfigurationInspection(ListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	void inspect(SwitchboardProperties properties, Problems problems) {
		List<ModuleConfiguration> modules = this.beans.getBeanProvider(ModuleConfiguration.class)
			.orderedStream()
			.toList();
		new UnknownKeys(this.environment, prefixesOfOthers(), modules).report(problems);
		reportLookAlikes("providers", properties.providers().keySet(), problems);
		reportLookAlikes("routes", properties.routes().keySet(), problems);
		reportLookAlikes("policies", properties.policies().keySet(), problems);
		reportLookAlikes("budgets", properties.budgets().keySet(), problems);
		reportLookAlikes("limits", properties.limits().keySet(), problems);
		PropertyValidation.report(properties, "switchboard", problems);
		modules.forEach((module) -> module.problems(properties.routes().keySet()).forEach(problems::add));
	}

	// An environment variable has no dashes: SWITCHBOARD_ROUTES_CHEAPFAST_POLICY sets a
	// property of the route cheap-fast, and makes a second route cheapfast as well.
	private static void reportLookAlikes(String group, Set<String> names, Problems problems) {
		Map<String, String> seen = new LinkedHashMap<>();
		for (String name : names) {
			String other = seen.putIfAbsent(name.replace("-", ""), name);
			if (other != null) {
				String plain = name.contains("-") ? other : name;
				String dashed = name.contains("-") ? name : other;
				problems.add("switchboard." + group + "." + plain,
						"looks like '" + dashed + "' named by an environment variable without its dashes",
						"write an underscore for each dash, as in 'SWITCHBOARD_" + group.toUpperCase(Locale.ROOT) + "_"
								+ dashed.replace('-', '_').toUpperCase(Locale.ROOT)
								+ "_…', or give one of them another name");
			}
		}
	}

	private List<String> prefixesOfOthers() {
		return Arrays.stream(this.beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
			.map((name) -> this.beans.findAnnotationOnBean(name, ConfigurationProperties.class, false))
			.filter((annotation) -> annotation != null && annotation.prefix().startsWith("switchboard."))
			.map(ConfigurationProperties::prefix)
			.toList();
	}

}
