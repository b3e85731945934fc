package dev.switchboard.gateway.wire.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.Secret;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Chat completions over HTTP in front of one route with one target of another wire: the
 * real engine, the real models of Spring AI, a simulated provider.
 */
final class FrontDoor implements AutoCloseable {

	private static final RouteName ROUTE = new RouteName("behind");

	private final OpenAiChatWire wire = new OpenAiChatWire();

	private final Map<String, Map<String, Object>> memory = new ConcurrentHashMap<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TargetClients targets;

	private final RouteEngine engine;

	private final HttpServer server;

	FrontDoor(Simulator simulator, Target target) {
		String provider = target.model().provider();
		Wire wire = provider.equals("anthropic") ? Wire.ANTHROPIC : Wire.GEMINI;
		SimulatedWire simulated = provider.equals("anthropic") ? SimulatedWire.ANTHROPIC : SimulatedWire.GEMINI;
		this.targets = TargetClients.builder()
			.provider(ProviderSettings.of(provider, wire, simulator.provider(provider).baseUrl(simulated),
					Secret.of("key-of-" + provider)))
			.build();
		this.engine = RouteEngine
			.builder(new RouteTable(List
				.of(new ModelRoute(ROUTE, "", List.of(target), BuiltInPolicies.CAREFUL, null, Requirements.NONE)),
					null), this.targets)
			.build();
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/v1/chat/completions", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	String baseUrl() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1";
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
			try {
				if (body.path("stream").asBoolean(false)) {
					exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
					exchange.sendResponseHeaders(200, 0);
					stream(body, exchange.getResponseBody());
				}
				else {
					send(exchange, 200, answer(body));
				}
			}
			catch (RefusedRequestException ex) {
				send(exchange, ex.status(), this.wire.error(ex.toError("req-1")));
			}
		}
	}

	private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

	/** Answers a request as JSON. */
	byte[] answer(ObjectNode body) {
		WireRequest request = this.wire.read(body, this::recall);
		ChatResponse answer = this.engine.model(ROUTE).call(prompt(request));
		remember(answer);
		return request.answer(answer, head());
	}

	/** Answers a request as events; the last chunk is known by being the last. */
	void stream(ObjectNode body, OutputStream out) {
		WireRequest request = this.wire.read(body, this::recall);
		StreamWriter writer = request.stream(head());
		ChatResponse held = null;
		try {
			for (ChatResponse chunk : this.engine.model(ROUTE).stream(prompt(request)).toIterable()) {
				remember(chunk);
				if (held != null) {
					out.write(writer.chunk(held));
				}
				held = chunk;
			}
			if (held != null) {
				out.write(writer.end(held));
			}
		}
		catch (RouteCallException ex) {
			write(out, (held != null) ? writer.chunk(held) : new byte[0]);
			write(out, writer.error(new GatewayError(502, "stream_interrupted", "It broke", null, null, "req-1")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(OutputStream out, byte[] bytes) {
		try {
			out.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Prompt prompt(WireRequest request) {
		return new Prompt(request.messages(), request.options().build());
	}

	private static AnswerHead head() {
		return new AnswerHead("call-1", Instant.ofEpochSecond(1700000000), "behind/the-door");
	}

	private Map<String, Object> recall(String id) {
		return this.memory.getOrDefault(id, Map.of());
	}

	private void remember(ChatResponse answer) {
		answer.getResults().forEach((generation) -> {
			AssistantMessage message = generation.getOutput();
			message.getToolCalls().forEach((call) -> this.memory.put(call.id(), message.getMetadata()));
		});
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
		this.engine.close();
		this.targets.close();
	}

}
