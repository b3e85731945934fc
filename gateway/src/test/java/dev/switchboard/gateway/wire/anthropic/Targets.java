package dev.switchboard.gateway.wire.anthropic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.Secret;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedModel;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A route to a simulated target of each wire but Anthropic's, asked as the gateway asks:
 * the real engine, the real models of Spring AI, real HTTP.
 */
final class Targets implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Map<Wire, SimulatedWire> WIRES = new EnumMap<>(
			Map.of(Wire.OPENAI, SimulatedWire.OPENAI, Wire.GEMINI, SimulatedWire.GEMINI));

	private final Simulator simulator = Simulator.start();

	private final TargetClients clients;

	private final RouteEngine engine;

	private ToolCallMemory memory = ToolCallMemory.NONE;

	Targets() {
		TargetClients.Builder builder = TargetClients.builder();
		List<Route> routes = new ArrayList<>();
		WIRES.forEach((wire, simulated) -> {
			String name = wire.name().toLowerCase(Locale.ROOT);
			builder.provider(ProviderSettings.of(name, wire, this.simulator.provider(name).baseUrl(simulated),
					Secret.of("key-of-" + name)));
			routes.add(new ModelRoute(new RouteName(name), "", List.of(Target.of(name + "/m")), BuiltInPolicies.STRICT,
					null, Requirements.NONE));
		});
		this.clients = builder.build();
		this.engine = RouteEngine.builder(new RouteTable(routes, null), this.clients).build();
	}

	/** The model behind a route. */
	SimulatedModel model(Wire wire) {
		return this.simulator.provider(route(wire)).model("m");
	}

	void remember(ToolCallMemory memory) {
		this.memory = memory;
	}

	/** The body of the answer. */
	byte[] answer(Wire wire, String json) {
		WireRequest request = read(json);
		return request.answer(this.engine.model(new RouteName(route(wire))).call(prompt(request)), Said.HEAD);
	}

	/** The events of the answer. */
	String stream(Wire wire, String json) {
		WireRequest request = read(json);
		List<ChatResponse> chunks = this.engine.model(new RouteName(route(wire)))
			.stream(prompt(request))
			.collectList()
			.block(LIMIT);
		StreamWriter writer = request.stream(Said.HEAD);
		StringBuilder events = new StringBuilder();
		int last = chunks.size() - 1;
		chunks.subList(0, last).forEach((chunk) -> events.append(Said.utf8(writer.chunk(chunk))));
		return events.append(Said.utf8(writer.end(chunks.get(last)))).toString();
	}

	private WireRequest read(String json) {
		return new AnthropicMessagesWire().read(Sdk.request(json), this.memory);
	}

	private static Prompt prompt(WireRequest request) {
		return new Prompt(request.messages(), request.options().build());
	}

	private static String route(Wire wire) {
		return wire.name().toLowerCase(Locale.ROOT);
	}

	void reset() {
		this.memory = ToolCallMemory.NONE;
		this.simulator.reset();
	}

	@Override
	public void close() {
		this.engine.close();
		this.clients.close();
		this.simulator.close();
	}

}
