package dev.switchboard.sample.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * A route as the page shows it.
 *
 * @param name its name
 * @param description what it is for
 * @param targets who answers, in order; empty if rules pick another route
 * @param rules what picks another route, in order; empty if there are targets
 * @param policy the policy's name; {@code null} if rules pick another route
 * @param terms what policy and cache come down to
 */
record RouteView(String name, String description, List<String> targets, List<String> rules, @Nullable String policy,
		List<String> terms) {

	static RouteView of(Route route) {
		return route.match(RouteView::ofModels, RouteView::ofRules);
	}

	private static RouteView ofModels(ModelRoute route) {
		return new RouteView(route.name().value(), route.description(),
				route.targets().stream().map(Target::toString).toList(), List.of(), route.policy().name(),
				terms(route.policy(), route.cache()));
	}

	private static RouteView ofRules(RulesRoute route) {
		List<String> rules = route.rules()
			.stream()
			.map((rule) -> ((rule.when() != null) ? rule.when() : "otherwise") + " → " + rule.route())
			.toList();
		return new RouteView(route.name().value(), route.description(), List.of(), rules, null,
				List.of("the first rule that holds picks the route"));
	}

	private static List<String> terms(FallbackPolicy policy, @Nullable CacheSettings cache) {
		String retries = switch (policy.maxRetries()) {
			case 0 -> "no retry";
			case 1 -> "1 retry per target";
			default -> policy.maxRetries() + " retries per target";
		};
		String exhausted = policy.onExhausted()
			.match(() -> "if all fail: an error", () -> "if all fail: the user decides",
					(route) -> "if all fail: route " + route);
		return List.of(retries, "first token within " + seconds(policy.timeouts().firstToken()),
				"whole answer within " + seconds(policy.timeouts().deadline()), exhausted,
				(cache != null) ? "remembers answers for " + seconds(cache.ttl()) : "remembers nothing");
	}

	private static String seconds(Duration duration) {
		if (duration.toMillis() % 60_000 == 0) {
			return duration.toMinutes() + " min";
		}
		return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
	}

}
