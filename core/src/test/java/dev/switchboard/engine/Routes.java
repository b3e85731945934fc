package dev.switchboard.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.Secret;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;

/**
 * Routes over simulated providers, for tests: the real engine, the real models of Spring
 * AI, real HTTP.
 */
final class Routes implements AutoCloseable {

	private static final Map<Wire, SimulatedWire> WIRES = new EnumMap<>(Map.of(Wire.OPENAI, SimulatedWire.OPENAI,
			Wire.ANTHROPIC, SimulatedWire.ANTHROPIC, Wire.GEMINI, SimulatedWire.GEMINI));

	private final Simulator simulator;

	private final TargetClients.Builder clients = TargetClients.builder();

	private final List<Route> routes = new ArrayList<>();

	private final List<CallRecord> records = new CopyOnWriteArrayList<>();

	private UnaryOperator<RouteEngine.Builder> settings = UnaryOperator.identity();

	private @Nullable RouteEngine engine;

	private @Nullable TargetClients built;

	Routes(Simulator simulator) {
		this(simulator, WarmUp.DONE);
	}

	private Routes(Simulator simulator, boolean warm) {
		this.simulator = simulator;
	}

	/** A provider of the simulator under its own name. */
	SimulatedProvider provider(String name, Wire wire) {
		SimulatedProvider provider = this.simulator.provider(name);
		this.clients
			.provider(ProviderSettings.of(name, wire, provider.baseUrl(WIRES.get(wire)), Secret.of("key-of-" + name)));
		return provider;
	}

	Routes clients(UnaryOperator<TargetClients.Builder> customizer) {
		customizer.apply(this.clients);
		return this;
	}

	Routes route(String name, FallbackPolicy policy, String... targets) {
		return route(name, policy, null, targets);
	}

	Routes route(String name, FallbackPolicy policy, @Nullable CacheSettings cache, String... targets) {
		this.routes.add(new ModelRoute(new RouteName(name), "", Arrays.stream(targets).map(Target::of).toList(), policy,
				cache, Requirements.NONE));
		return this;
	}

	Routes route(RulesRoute route) {
		this.routes.add(route);
		return this;
	}

	Routes with(UnaryOperator<RouteEngine.Builder> customizer) {
		UnaryOperator<RouteEngine.Builder> before = this.settings;
		this.settings = (builder) -> customizer.apply(before.apply(builder));
		return this;
	}

	Routes catalog(ModelCatalog catalog) {
		return with((builder) -> builder.catalog(catalog));
	}

	RouteEngine engine() {
		RouteEngine running = this.engine;
		if (running == null) {
			TargetClients targets = this.clients.build();
			RouteEngine.Builder builder = RouteEngine.builder(new RouteTable(this.routes, null), targets)
				.listeners(List.of(this.records::add));
			running = this.settings.apply(builder).build();
			this.built = targets;
			this.engine = running;
		}
		return running;
	}

	RouteChatModel model(String route) {
		return engine().model(new RouteName(route));
	}

	ChatClient client(String route) {
		return ChatClient.create(model(route));
	}

	/** What the listeners heard, in order. */
	List<CallRecord> records() {
		return this.records;
	}

	CallRecord onlyRecord() {
		if (this.records.size() != 1) {
			throw new AssertionError("One record expected, but there are " + this.records);
		}
		return this.records.get(0);
	}

	void forgetRecords() {
		this.records.clear();
	}

	@Override
	public void close() {
		if (this.engine != null) {
			this.engine.close();
		}
		if (this.built != null) {
			this.built.close();
		}
	}

	/**
	 * The first request of a JVM takes seconds to load its classes, more than the
	 * timeouts of a test allow.
	 */
	private static final class WarmUp {

		static final boolean DONE = run();

		private static boolean run() {
			try (Simulator simulator = Simulator.start(); Routes routes = new Routes(simulator, false)) {
				for (Wire wire : Wire.values()) {
					routes.provider(wire.name().toLowerCase(Locale.ROOT), wire);
					routes.route("to-" + wire.name().toLowerCase(Locale.ROOT), BuiltInPolicies.STANDARD,
							wire.name().toLowerCase(Locale.ROOT) + "/warm-up");
				}
				for (RouteName route : routes.engine().routes().names()) {
					routes.client(route.value()).prompt("Hi").call().content();
					routes.client(route.value()).prompt("Hi").stream().content().blockLast();
				}
			}
			return true;
		}

	}

}
