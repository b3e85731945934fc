package dev.switchboard.autoconfigure;

import java.util.stream.Stream;

import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.health.TargetState;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.UnknownRouteException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of every route, as the routes stand now: up while some target is usable. No
 * provider is called to find out.
 */
final class RouteHealthContributor implements CompositeHealthContributor {

	private final RouteEngine engine;

	RouteHealthContributor(RouteEngine engine) {
		this.engine = engine;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		try {
			return indicator(this.engine.routes().get(name));
		}
		catch (UnknownRouteException ex) {
			return null;
		}
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return this.engine.routes()
			.routes()
			.stream()
			.map((route) -> new HealthContributors.Entry(route.name().value(), indicator(route)));
	}

	private HealthIndicator indicator(Route route) {
		return () -> health(route, this.engine.routes());
	}

	private Health health(Route route, RouteTable table) {
		return route.match(this::health, (rules) -> health(rules, table));
	}

	private Health health(ModelRoute route) {
		boolean usable = route.targets().stream().anyMatch((target) -> state(target.model()).isUsable());
		Health.Builder health = usable ? Health.up() : Health.down();
		route.targets().forEach((target) -> health.withDetail(target.toString(), describe(state(target.model()))));
		return health.build();
	}

	private Health health(RulesRoute route, RouteTable table) {
		boolean usable = route.rules().stream().anyMatch((rule) -> isUp(table.get(rule.route()), table));
		return (usable ? Health.up() : Health.down()).build();
	}

	private boolean isUp(Route route, RouteTable table) {
		return health(route, table).getStatus().equals(Status.UP);
	}

	private TargetState state(ModelId target) {
		return this.engine.health().state(target);
	}

	private static String describe(TargetState state) {
		if (state.coolingDownUntil() != null) {
			return "cooling down until " + state.coolingDownUntil()
					+ ((state.coolingDownAfter() != null) ? " after " + state.coolingDownAfter().property() : "");
		}
		return switch (state.circuitBreaker()) {
			case CLOSED -> "usable";
			case HALF_OPEN -> "on trial";
			case OPEN -> "circuit open";
		};
	}

}
