package dev.switchboard.gateway.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.ModuleConfiguration;
import dev.switchboard.gateway.front.FrontDoors;

/**
 * Finds what is wrong under {@code switchboard.gateway}, and routes whose names are not
 * to be had where there is a gateway.
 */
final class GatewayInspection implements ModuleConfiguration {

	private static final String PREFIX = "switchboard.gateway.";

	private final GatewayProperties properties;

	private final boolean open;

	/**
	 * Inspects the properties.
	 * @param properties what is configured
	 * @param open whether there is a gateway; without, values matter to nobody
	 */
	GatewayInspection(GatewayProperties properties, boolean open) {
		this.properties = properties;
		this.open = open;
	}

	@Override
	public Class<? extends Record> properties() {
		return GatewayProperties.class;
	}

	@Override
	public List<ConfigurationProblem> problems(Set<String> routes) {
		if (!this.open) {
			return List.of();
		}
		KeyMapper keys = new KeyMapper();
		keys.read(this.properties);
		List<ConfigurationProblem> problems = new ArrayList<>(keys.problems());
		this.properties.keys()
			.forEach((name, key) -> routes(PREFIX + "keys." + name + ".routes", key.routes(), routes, problems));
		routes(PREFIX + "jwt.default-routes", this.properties.jwt().defaultRoutes(), routes, problems);
		this.properties.aliases().forEach((alias, meaning) -> {
			// A model past the routes has a slash, and a provider that may be left out.
			if (meaning.indexOf('/') < 0 && !routes.contains(meaning)) {
				problems.add(unknownRoute(PREFIX + "aliases." + alias, meaning, routes));
			}
		});
		positive("request-timeout", this.properties.requestTimeout(), problems);
		positive("passthrough.answer-timeout", this.properties.passthrough().answerTimeout(), problems);
		positive("passthrough.idle-timeout", this.properties.passthrough().idleTimeout(), problems);
		reserved(routes, problems);
		return problems;
	}

	private static void routes(String property, List<String> named, Set<String> routes,
			List<ConfigurationProblem> problems) {
		for (int i = 0; i < named.size(); i++) {
			String name = named.get(i);
			if (!name.isBlank() && name.indexOf('*') < 0 && !routes.contains(name)) {
				problems.add(unknownRoute(property + "[" + i + "]", name, routes));
			}
		}
	}

	private static ConfigurationProblem unknownRoute(String property, String name, Set<String> routes) {
		String nearest = ModuleConfiguration.nearest(name, routes);
		return new ConfigurationProblem(property,
				"names route '" + name + "', but the routes are " + new TreeSet<>(routes),
				(nearest != null) ? "did you mean '" + nearest + "'"
						: "use one of these, or add 'switchboard.routes." + name + "'");
	}

	private static void positive(String property, Duration value, List<ConfigurationProblem> problems) {
		if (value.isNegative() || value.isZero()) {
			problems.add(new ConfigurationProblem(PREFIX + property, "is '" + value + "', but must be positive",
					"give a longer time, or leave the property out"));
		}
	}

	/** Records and metrics could not tell such a route from calls that have none. */
	private static void reserved(Set<String> routes, List<ConfigurationProblem> problems) {
		for (String name : new TreeSet<>(FrontDoors.PSEUDO_ROUTES)) {
			if (routes.contains(name)) {
				problems.add(new ConfigurationProblem("switchboard.routes." + name,
						"has a name by which the gateway's records and metrics call requests without a route",
						"give the route another name"));
			}
		}
	}

}
