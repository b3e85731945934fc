package dev.switchboard.gateway.front;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.access.Allowed;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.Reaction;
import dev.switchboard.policy.StreamResume;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the {@code model} of a request means: a route, an alias of one, or, where
 * the caller may name it, one target. What a caller may not use looks to him like what is
 * not there.
 */
final class Destinations {

	/** One target and nothing else: no retry, no fallback, errors as they are. */
	private static final FallbackPolicy DIRECT = direct();

	static final RouteName DIRECT_NAME = new RouteName("direct");

	static final RouteName LIST_NAME = new RouteName("fallbacks");

	private static final int MOST_FALLBACKS = 16;

	private final RouteEngine engine;

	private final TargetClients clients;

	private final Map<String, String> aliases;

	Destinations(RouteEngine engine, TargetClients clients, Map<String, String> aliases) {
		this.engine = engine;
		this.clients = clients;
		this.aliases = new LinkedHashMap<>(aliases);
	}

	private static FallbackPolicy direct() {
		Map<FailureKind, Reaction> stop = new EnumMap<>(FailureKind.class);
		for (FailureKind kind : FailureKind.values()) {
			stop.put(kind, Reaction.STOP);
		}
		return BuiltInPolicies.STRICT.mutate()
			.name("direct")
			.maxRetries(0)
			.streamResume(StreamResume.NEVER)
			.reactions(stop)
			.build();
	}

	/**
	 * Finds it.
	 * @param asked what the request names
	 * @param fallbacks further names, in order, to be tried after it; empty for none
	 * @param access who asks
	 * @return the destination
	 * @throws RefusedRequestException if it is not there for him
	 */
	Destination find(String asked, List<String> fallbacks, CallerAccess access) {
		String name = meaning(asked);
		if (!fallbacks.isEmpty()) {
			return list(name, fallbacks, access);
		}
		Route route = route(name, access);
		if (route != null) {
			return new Destination(this.engine.model(route.name()),
					route.match(ModelRoute::targets, (rules) -> List.of()));
		}
		Target target = target(name, access);
		return new Destination(
				this.engine.model(new ModelRoute(DIRECT_NAME, "", List.of(target), DIRECT, null, Requirements.NONE)),
				List.of(target));
	}

	private Destination list(String first, List<String> fallbacks, CallerAccess access) {
		if (fallbacks.size() > MOST_FALLBACKS) {
			throw RefusedRequestException.invalid("fallbacks",
					"'fallbacks' has more than " + MOST_FALLBACKS + " names");
		}
		List<Target> targets = new ArrayList<>();
		FallbackPolicy policy = BuiltInPolicies.STANDARD;
		List<String> names = new ArrayList<>(List.of(first));
		fallbacks.forEach((fallback) -> names.add(meaning(fallback)));
		for (String name : names) {
			Route route = route(name, access);
			if (route instanceof ModelRoute models) {
				targets.addAll(models.targets());
				policy = (name.equals(first)) ? models.policy() : policy;
			}
			else if (route != null) {
				throw RefusedRequestException.invalid("fallbacks",
						"Route '" + name + "' picks another route by rules; it can't stand in a list of fallbacks");
			}
			else {
				targets.add(target(name, access));
			}
		}
		return new Destination(this.engine.model(
				new ModelRoute(LIST_NAME, "", targets.stream().distinct().toList(), policy, null, Requirements.NONE)),
				targets);
	}

	private String meaning(String asked) {
		String exact = this.aliases.get(asked);
		if (exact != null) {
			return exact;
		}
		for (Map.Entry<String, String> alias : this.aliases.entrySet()) {
			if (alias.getKey().indexOf('*') >= 0 && new Allowed(List.of(alias.getKey())).includes(asked)) {
				return alias.getValue();
			}
		}
		return asked;
	}

	private @Nullable Route route(String name, CallerAccess access) {
		for (Route route : this.engine.routes().routes()) {
			if (route.name().value().equals(name)) {
				return access.mayUse(route.name()) ? route : null;
			}
		}
		return null;
	}

	private Target target(String name, CallerAccess access) {
		int slash = name.indexOf('/');
		if (slash <= 0 || slash == name.length() - 1) {
			throw unknown(name);
		}
		ModelId model = ModelId.parse(name);
		if (!access.mayUse(model)) {
			throw new RefusedRequestException(403, "model_not_allowed",
					"This key may not use model '" + name
							+ "' past the routes; ask with the name of a route, or have the model allowed for the key",
					"model");
		}
		if (!this.clients.isConfigured(model.provider())) {
			throw new RefusedRequestException(404, "unknown_route",
					"There is no route '" + name + "', and no provider '" + model.provider()
							+ "' that is in use: one that no route uses has to be named under 'switchboard.providers'",
					"model");
		}
		return new Target(model, null, Map.of());
	}

	private static RefusedRequestException unknown(String name) {
		return new RefusedRequestException(404, "unknown_route",
				"There is no route '" + name + "' for this key. GET /v1/models lists what there is", "model");
	}

	/**
	 * The aliases that are names and not patterns.
	 * @return what they mean, by name
	 */
	Map<String, String> namedAliases() {
		Map<String, String> named = new LinkedHashMap<>(this.aliases);
		named.keySet().removeIf((alias) -> alias.indexOf('*') >= 0);
		return named;
	}

	/**
	 * The policies that a call may name.
	 * @return their names
	 */
	Set<String> policies() {
		return this.engine.policies();
	}

}
