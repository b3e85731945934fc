package dev.switchboard.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.switchboard.call.CallSelector;
import org.jspecify.annotations.Nullable;

/**
 * Makes selectors of calls out of the properties, and checks the names of routes.
 */
final class SelectorMapper {

	private final SwitchboardProperties properties;

	private final MappedProviders providers;

	private final Problems problems;

	SelectorMapper(SwitchboardProperties properties, MappedProviders providers, Problems problems) {
		this.properties = properties;
		this.providers = providers;
		this.problems = problems;
	}

	CallSelector map(String property, SwitchboardProperties.Selector selector) {
		reportIfNoProvider(property + ".provider", selector.provider());
		return map(property, selector.key(), selector.team(), selector.route(), selector.provider(), selector.tags());
	}

	CallSelector map(String property, SwitchboardProperties.Callers selector) {
		return map(property, selector.key(), selector.team(), selector.route(), null, selector.tags());
	}

	private CallSelector map(String property, @Nullable String key, @Nullable String team, @Nullable String route,
			@Nullable String provider, Map<String, String> tags) {
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("key", String.valueOf(key));
		parts.put("team", String.valueOf(team));
		tags.forEach((tag, value) -> parts.put("tags." + tag, value));
		parts.forEach((part, value) -> {
			if (value.isBlank()) {
				this.problems.add(property + "." + part, "is blank, so that no call would fit",
						"give a value, '*' for each, or leave it out");
			}
		});
		if (route != null && !route.equals(CallSelector.EACH)) {
			reportIfNoRoute(property + ".route", route, true);
		}
		return new CallSelector(key, team, route, provider, tags);
	}

	private void reportIfNoProvider(String property, @Nullable String provider) {
		if (provider != null && !provider.equals(CallSelector.EACH) && !this.providers.isKnown(provider)) {
			String meant = this.providers.nearest(provider);
			this.problems.add(property,
					"names provider '" + provider + "', but the providers configured are " + this.providers.names(),
					((meant != null) ? "did you mean '" + meant + "'? Else use" : "use")
							+ " one of these, or add 'switchboard.providers." + provider + "'");
		}
	}

	/**
	 * Reports a name that is no route's.
	 * @param property where it stands
	 * @param name the name
	 * @param withTargets whether a route will not do that only picks others
	 * @return whether it will do
	 */
	boolean reportIfNoRoute(String property, String name, boolean withTargets) {
		SwitchboardProperties.Route route = this.properties.routes().get(name);
		if (route == null || !RouteMapper.isName(name)) {
			String meant = PropertyNames.nearest(name, this.properties.routes().keySet());
			this.problems.add(property,
					"names route '" + name + "', but the routes are " + this.properties.routes().keySet(),
					((meant != null) ? "did you mean '" + meant + "'? Else use" : "use")
							+ " one of these, or add 'switchboard.routes." + name + "'");
			return false;
		}
		if (withTargets && !route.rules().isEmpty()) {
			this.problems.add(property, "names route '" + name + "', which only picks others by its rules",
					"name the routes that it picks");
			return false;
		}
		return true;
	}

}
