package dev.switchboard.route;

import java.util.List;
import java.util.function.Function;

/**
 * A route that picks a route; the first rule that holds wins.
 *
 * @param name its name
 * @param description what it is for
 * @param rules the rules, in order; at least one, and the last one always holds
 */
public record RulesRoute(RouteName name, String description, List<RoutingRule> rules) implements Route {

	public RulesRoute {
		rules = List.copyOf(rules);
		if (rules.isEmpty() || rules.get(rules.size() - 1).when() != null) {
			throw new IllegalArgumentException(
					"The last rule of route '" + name + "' must hold always, that is have no 'when'");
		}
	}

	@Override
	public <T> T match(Function<ModelRoute, T> models, Function<RulesRoute, T> rules) {
		return rules.apply(this);
	}

}
