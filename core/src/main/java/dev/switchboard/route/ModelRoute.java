package dev.switchboard.route;

import java.util.List;
import java.util.function.Function;

import dev.switchboard.policy.FallbackPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A route whose targets answer.
 *
 * @param name its name
 * @param description what it is for
 * @param targets who answers, in order of preference; at least one
 * @param policy what happens when one fails
 * @param cache how answers are remembered; {@code null} if they aren't
 * @param requires what every target must be able to do
 */
public record ModelRoute(RouteName name, String description, List<Target> targets, FallbackPolicy policy,
		@Nullable CacheSettings cache, Requirements requires) implements Route {

	public ModelRoute {
		targets = List.copyOf(targets);
		if (targets.isEmpty()) {
			throw new IllegalArgumentException("Route '" + name + "' has no target");
		}
	}

	@Override
	public <T> T match(Function<ModelRoute, T> models, Function<RulesRoute, T> rules) {
		return models.apply(this);
	}

}
