package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.autoconfigure.SwitchboardProperties.RouteCache;
import dev.switchboard.autoconfigure.SwitchboardProperties.Rule;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.OnExhausted;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table of routes out of the properties.
 */
final class RouteMapper {

	private final SwitchboardProperties properties;

	private final Map<String, FallbackPolicy> policies;

	private final RouteChecks checks;

	private final Problems problems;

	RouteMapper(SwitchboardProperties properties, Map<String, FallbackPolicy> policies, RouteChecks checks,
			Problems problems) {
		this.properties = properties;
		this.policies = policies;
		this.checks = checks;
		this.problems = problems;
	}

	/**
	 * The table; not to be used if there are problems, as it then lacks what they are
	 * about.
	 */
	RouteTable map() {
		List<Route> routes = new ArrayList<>();
		this.properties.routes().forEach((name, route) -> {
			RouteName routeName = routeName(name);
			Route mapped = (routeName != null) ? route(routeName, route) : null;
			if (mapped != null) {
				routes.add(mapped);
			}
		});
		reportUnknownSuccessors();
		reportCycles();
		return new RouteTable(routes, defaultRoute(routes));
	}

	private @Nullable RouteName routeName(String name) {
		if (!isName(name)) {
			this.problems.add(property(name), "is no name for a route",
					"use lower-case letters, digits and dashes only, such as 'cheap-fast'");
			return null;
		}
		return new RouteName(name);
	}

	static boolean isName(String name) {
		try {
			return !new RouteName(name).value().isEmpty();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private @Nullable Route route(RouteName name, SwitchboardProperties.Route route) {
		String property = property(name.value());
		if (!route.targets().isEmpty() && !route.rules().isEmpty()) {
			this.problems.add(property, "has both targets and rules", "remove one of them, or make two routes of it");
		}
		if (route.targets().isEmpty() && route.rules().isEmpty()) {
			this.problems.add(property, "has neither targets nor rules",
					"add '" + property + ".targets', such as [openai/gpt-5.4-mini]");
			return null;
		}
		FallbackPolicy policy = policy(property, route.policy());
		CacheSettings cache = cache(property + ".cache", route.cache());
		Requirements requires = new Requirements(Math.max(0, route.requires().contextWindow()),
				route.requires().input(), route.requires().output(), route.requires().tools(),
				route.requires().parallelTools(), route.requires().structuredOutput());
		if (!route.rules().isEmpty()) {
			reportUseless(property, policy, cache, requires);
			List<RoutingRule> rules = rules(property, route.rules());
			return (!rules.isEmpty()) ? new RulesRoute(name, route.description(), rules) : null;
		}
		List<Target> targets = new TargetMapper(this.checks, this.problems).map(property, route.targets(), requires);
		return (!targets.isEmpty()) ? new ModelRoute(name, route.description(), targets, policy, cache, requires)
				: null;
	}

	private void reportUseless(String property, FallbackPolicy policy, @Nullable CacheSettings cache,
			Requirements requires) {
		List<String> useless = new ArrayList<>();
		if (!BuiltInPolicies.STANDARD.name().equals(policy.name())) {
			useless.add("policy");
		}
		if (cache != null) {
			useless.add("cache");
		}
		if (!requires.equals(Requirements.NONE)) {
			useless.add("requires");
		}
		useless.forEach((name) -> this.problems.add(property + "." + name,
				"says something of a route with rules, where it would be ignored",
				"move it to the routes that the rules pick"));
	}

	private FallbackPolicy policy(String property, String name) {
		FallbackPolicy policy = this.policies.get(name);
		if (policy == null) {
			this.problems.add(property + ".policy",
					"names policy '" + name + "', but the policies are " + this.policies.keySet(),
					"use one of these, or add 'switchboard.policies." + name + "'");
			return BuiltInPolicies.STANDARD;
		}
		return policy;
	}

	private @Nullable CacheSettings cache(String property, RouteCache cache) {
		Duration ttl = cache.ttl();
		if (ttl == null) {
			return null;
		}
		return this.problems.check(property, "correct the times of the cache",
				() -> new CacheSettings(ttl, cache.scope(), cache.staleWhileRevalidate(), cache.staleIfError()));
	}

	private List<RoutingRule> rules(String property, List<Rule> properties) {
		List<RoutingRule> rules = new ArrayList<>();
		for (int i = 0; i < properties.size(); i++) {
			String at = property + ".rules[" + i + "]";
			Rule rule = properties.get(i);
			boolean last = i == properties.size() - 1;
			if (last && rule.when() != null) {
				this.problems.add(at + ".when", "is a condition, so that a request which no rule fits has no route",
						"add a last rule with a route alone");
			}
			else if (!last && rule.when() == null) {
				this.problems.add(at, "always holds, so that the rules after it are never reached",
						"add a 'when', or move it to the end");
			}
			List<String> unreadable = (rule.when() != null) ? this.checks.rules().problemsOf(rule.when()) : List.of();
			if (!unreadable.isEmpty()) {
				this.problems.add(at + ".when",
						"is \"" + rule.when() + "\", which will not do: " + String.join("; ", unreadable),
						"correct the expression");
			}
			else if (rule.route() != null && isRoute(rule.route())) {
				rules.add(new RoutingRule(last ? null : rule.when(), new RouteName(rule.route())));
			}
			else if (rule.route() != null && !rule.route().isBlank()) {
				reportNoRoute(at + ".route", rule.route());
			}
		}
		boolean ends = !rules.isEmpty() && rules.get(rules.size() - 1).when() == null;
		return ends ? rules : List.of();
	}

	private boolean isRoute(String name) {
		return this.properties.routes().containsKey(name) && isName(name);
	}

	private void reportNoRoute(String property, String name) {
		String meant = PropertyNames.nearest(name, this.properties.routes().keySet());
		this.problems.add(property,
				"names route '" + name + "', but the routes are " + this.properties.routes().keySet(),
				((meant != null) ? "did you mean '" + meant + "'? Else use" : "use")
						+ " one of these, or add 'switchboard.routes." + name + "'");
	}

	private void reportUnknownSuccessors() {
		this.properties.policies().forEach((name, policy) -> {
			String successor = policy.onExhausted();
			if (successor != null && !"fail".equals(successor) && !"ask".equals(successor) && !isRoute(successor)) {
				reportNoRoute("switchboard.policies." + name + ".on-exhausted", successor);
			}
		});
	}

	private @Nullable RouteName defaultRoute(List<Route> routes) {
		String name = this.properties.defaultRoute();
		if (name == null || name.isBlank()) {
			return null;
		}
		if (!this.properties.routes().containsKey(name)) {
			reportNoRoute("switchboard.default-route", name);
		}
		return routes.stream().map(Route::name).filter((route) -> route.value().equals(name)).findFirst().orElse(null);
	}

	private void reportCycles() {
		Set<String> done = new LinkedHashSet<>();
		for (String name : this.properties.routes().keySet()) {
			visit(name, new ArrayList<>(), done);
		}
	}

	private void visit(String name, List<String> path, Set<String> done) {
		int start = path.indexOf(name);
		if (start >= 0) {
			List<String> cycle = new ArrayList<>(path.subList(start, path.size()));
			cycle.add(name);
			this.problems.add(property(name), "leads back to itself, " + String.join(" -> ", cycle),
					"change a rule or an 'on-exhausted' on that way");
			return;
		}
		if (!done.contains(name)) {
			path.add(name);
			successors(name).forEach((successor) -> visit(successor, path, done));
			path.remove(path.size() - 1);
			done.add(name);
		}
	}

	private Set<String> successors(String name) {
		Set<String> successors = new LinkedHashSet<>();
		SwitchboardProperties.Route route = this.properties.routes().get(name);
		if (route == null) {
			return successors;
		}
		route.rules().forEach((rule) -> {
			if (rule.route() != null) {
				successors.add(rule.route());
			}
		});
		FallbackPolicy policy = this.policies.get(route.policy());
		if (policy != null && route.rules().isEmpty()) {
			OnExhausted end = policy.onExhausted();
			end.match(() -> false, () -> false, successors::add);
		}
		return successors;
	}

	private static String property(String name) {
		return "switchboard.routes." + name;
	}

}
