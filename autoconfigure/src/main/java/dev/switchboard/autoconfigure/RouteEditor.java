package dev.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.switchboard.engine.RouteEngine;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Changes the targets of routes while the application runs. A change is checked as the
 * configuration is, replaces the whole table at once, and lasts until the application
 * ends.
 */
final class RouteEditor {

	private final RouteEngine engine;

	private final RoutingPlan plan;

	private final RouteChecks checks;

	RouteEditor(RouteEngine engine, RoutingPlan plan, RouteChecks checks) {
		this.engine = engine;
		this.plan = plan;
		this.checks = checks;
	}

	/**
	 * Gives a route other targets.
	 * @param name the name of the route
	 * @param targets the targets, each {@code provider/model}; one that the configuration
	 * of the route names keeps its timeout and options
	 * @throws dev.switchboard.route.UnknownRouteException if there is no such route
	 * @throws InvalidSwitchboardConfigurationException if the targets will not do
	 */
	synchronized void retarget(String name, List<String> targets) {
		ModelRoute current = modelRoute(this.engine.routes(), name);
		Problems problems = new Problems();
		if (current == null) {
			problems.add("switchboard.routes." + name, "picks a route by rules, and has no targets",
					"change the targets of the routes that it picks");
		}
		else if (targets.isEmpty()) {
			problems.add("switchboard.routes." + name + ".targets", "would be empty", "name at least one target");
		}
		problems.throwIfAny();
		if (current != null) {
			List<Target> usable = new TargetMapper(this.checks, problems).map("switchboard.routes." + name,
					targets.stream().map(new TargetConverter()::convert).toList(), current.requires());
			problems.throwIfAny();
			ModelRoute configured = modelRoute(this.plan.routes(), name);
			replace(new ModelRoute(current.name(), current.description(),
					usable.stream().map((target) -> asConfigured(target, configured)).toList(), current.policy(),
					current.cache(), current.requires()));
		}
	}

	/**
	 * Gives a route the targets of its configuration back.
	 * @param name the name of the route
	 * @throws dev.switchboard.route.UnknownRouteException if there is no such route
	 */
	synchronized void restore(String name) {
		replace(this.plan.routes().get(name));
	}

	private void replace(Route changed) {
		RouteTable table = this.engine.routes();
		List<Route> routes = new ArrayList<>(table.routes());
		routes.replaceAll((route) -> route.name().equals(changed.name()) ? changed : route);
		this.engine.replaceRoutes(new RouteTable(routes, table.defaultRoute()));
	}

	private static @Nullable ModelRoute modelRoute(RouteTable table, String name) {
		return table.get(name).<@Nullable ModelRoute>match((route) -> route, (rules) -> null);
	}

	private static Target asConfigured(Target target, @Nullable ModelRoute configured) {
		return (configured != null) ? configured.targets()
			.stream()
			.filter((candidate) -> candidate.model().equals(target.model()))
			.findFirst()
			.orElse(target) : target;
	}

}
