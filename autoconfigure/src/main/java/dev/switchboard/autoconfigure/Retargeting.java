package dev.switchboard.autoconfigure;

import java.util.Arrays;
import java.util.List;

import dev.switchboard.change.Setting;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Gives routes other targets than those of their configuration, checked as these are.
 */
final class Retargeting {

	static final String TARGETS = "targets";

	private final RoutingPlan plan;

	private final RouteChecks checks;

	Retargeting(RoutingPlan plan, RouteChecks checks) {
		this.plan = plan;
		this.checks = checks;
	}

	/**
	 * A route with the targets of a setting; one that the configuration names keeps its
	 * timeout and options.
	 * @param setting names the route, and its targets with commas between them
	 * @return the route; {@code null} if there is a problem
	 */
	@Nullable ModelRoute retarget(Setting setting, Problems problems) {
		String property = "switchboard.routes." + setting.name();
		Route found = find(setting.name());
		if (found == null) {
			problems.add(property, "is no route of the configuration", "name one of " + names());
			return null;
		}
		ModelRoute route = found.<@Nullable ModelRoute>match((models) -> models, (rules) -> null);
		if (route == null) {
			problems.add(property, "picks a route by rules, and has no targets",
					"change the targets of the routes that it picks");
			return null;
		}
		List<String> targets = Arrays.stream(setting.properties().getOrDefault(TARGETS, "").split(","))
			.map(String::strip)
			.filter((target) -> !target.isEmpty())
			.toList();
		if (targets.isEmpty()) {
			problems.add(property + ".targets", "would be empty", "name at least one target");
			return null;
		}
		int before = problems.all().size();
		List<Target> usable = new TargetMapper(this.checks, problems).map(property,
				targets.stream().map(new TargetConverter()::convert).toList(), route.requires());
		return (problems.all().size() > before) ? null
				: new ModelRoute(route.name(), route.description(),
						usable.stream().map((target) -> asConfigured(target, route)).toList(), route.policy(),
						route.cache(), route.requires());
	}

	/** A route of the configuration; {@code null} if there is none of that name. */
	@Nullable Route find(String name) {
		return this.plan.routes()
			.routes()
			.stream()
			.filter((route) -> route.name().value().equals(name))
			.findFirst()
			.orElse(null);
	}

	private List<String> names() {
		return this.plan.routes().routes().stream().map((route) -> route.name().value()).toList();
	}

	private static Target asConfigured(Target target, ModelRoute configured) {
		return configured.targets()
			.stream()
			.filter((candidate) -> candidate.model().equals(target.model()))
			.findFirst()
			.orElse(target);
	}

}
