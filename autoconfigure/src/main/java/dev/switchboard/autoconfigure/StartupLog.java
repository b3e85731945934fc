package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.switchboard.engine.RouteEngine;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says once, when the application is complete, which routes there are and what is left
 * out.
 */
final class StartupLog implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(StartupLog.class);

	private final RouteEngine engine;

	private final MappedProviders providers;

	private final Problems problems;

	StartupLog(RouteEngine engine, MappedProviders providers, Problems problems) {
		this.engine = engine;
		this.providers = providers;
		this.problems = problems;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.problems.warnings().forEach(log::warn);
		if (!this.providers.simulated().isEmpty()) {
			log.info("The simulator answers for {}: nothing is sent to these providers, and nothing costs anything",
					this.providers.simulated());
		}
		log.info(describe(this.engine.routes()));
	}

	static String describe(RouteTable table) {
		List<Route> routes = table.routes();
		if (routes.isEmpty()) {
			return "There are no routes. Add some under 'switchboard.routes'.";
		}
		int width = routes.stream().mapToInt((route) -> route.name().value().length()).max().orElse(0);
		return routes.stream()
			.map((route) -> "  " + route.name() + " ".repeat(width - route.name().value().length()) + "  "
					+ route.match(StartupLog::describe, StartupLog::describe)
					+ (route.name().equals(table.defaultRoute()) ? "  (default)" : ""))
			.collect(Collectors.joining(System.lineSeparator(), "Routes:" + System.lineSeparator(), ""));
	}

	private static String describe(ModelRoute route) {
		return route.targets().stream().map(Object::toString).collect(Collectors.joining(" -> ")) + "  policy="
				+ route.policy().name() + ((route.cache() != null) ? "  cache=" + shortest(route.cache().ttl()) : "");
	}

	private static String describe(RulesRoute route) {
		return route.rules().stream().map(RoutingRule::toString).collect(Collectors.joining("; "));
	}

	private static String shortest(Duration duration) {
		if (duration.toSeconds() == 0) {
			return duration.toMillis() + "ms";
		}
		return (duration.toSecondsPart() == 0) ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
	}

}
