package dev.switchboard.benchmarks;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.observation.CallMetrics;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.provider.TargetClient;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/**
 * Routes over the constant model, and the same model bare.
 */
final class Switchboard implements AutoCloseable {

	static final RouteName PLAIN = new RouteName("plain");

	static final RouteName HANDED_IN = new RouteName("handed-in");

	static final RouteName CACHED = new RouteName("cached");

	static final RouteName RULES = new RouteName("rules");

	private final ChatModel bare = new ConstantChatModel();

	private final ObservationRegistry registry;

	private final TargetClients clients;

	private final RouteEngine engine;

	Switchboard(boolean observed) {
		MeterRegistry meters = new SimpleMeterRegistry();
		this.registry = observed ? ObservationRegistry.create() : ObservationRegistry.NOOP;
		if (observed) {
			this.registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		}
		Target target = Target.of("stub/constant");
		Target handedIn = Target.of("bean/constant");
		this.clients = TargetClients.builder()
			.model("stub", this.bare)
			.model("bean", this.bare)
			.observationRegistry(this.registry)
			.build();
		asIfOverHttp(this.clients, new TargetClient(target, Wire.OPENAI, this.clients.get(target).model(), true, null));
		RouteEngine.Builder builder = RouteEngine
			.builder(new RouteTable(List.of(route(PLAIN, target, null), route(HANDED_IN, handedIn, null),
					route(CACHED, target, CacheSettings.of(Duration.ofDays(1))),
					new RulesRoute(RULES, "", List.of(new RoutingRule("images > 0", CACHED),
							new RoutingRule("inputTokens > 100000", CACHED),
							new RoutingRule("caller.group == 'enterprise'", CACHED), new RoutingRule(null, PLAIN)))),
					null), this.clients)
			.cache(ResponseCache.builder().build());
		if (observed) {
			builder.attemptObservations(new AttemptObservations(this.registry))
				.listeners(List.of(new CallMetrics(meters)));
		}
		this.engine = builder.build();
	}

	private static ModelRoute route(RouteName name, Target target, @Nullable CacheSettings cache) {
		return new ModelRoute(name, "", List.of(target), BuiltInPolicies.STANDARD, cache, Requirements.NONE);
	}

	// Of the models that are handed in the engine can't know how to end a call, so that
	// it
	// asks them on another thread. Those that it makes itself, for a wire, it asks here.
	@SuppressWarnings("unchecked")
	private static void asIfOverHttp(TargetClients clients, TargetClient client) {
		try {
			Field targets = TargetClients.class.getDeclaredField("targets");
			targets.setAccessible(true);
			((Cache<Target, TargetClient>) targets.get(clients)).put(client.target(), client);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ChatModel bareModel() {
		return this.bare;
	}

	ChatModel model(RouteName route) {
		return this.engine.model(route);
	}

	ChatClient bareClient() {
		return client(this.bare);
	}

	ChatClient client(RouteName route) {
		return client(model(route));
	}

	private ChatClient client(ChatModel model) {
		return ChatClient.builder(model, this.registry, null, null).build();
	}

	@Override
	public void close() {
		this.engine.close();
		this.clients.close();
	}

}
