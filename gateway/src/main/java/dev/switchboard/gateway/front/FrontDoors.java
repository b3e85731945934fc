package dev.switchboard.gateway.front;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.engine.MeteredCall;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.wire.anthropic.AnthropicMessagesWire;
import dev.switchboard.gateway.wire.anthropic.AnthropicTokenCount;
import dev.switchboard.gateway.wire.openai.OpenAiChatWire;
import dev.switchboard.gateway.wire.responses.OpenAiResponsesWire;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.relay.RelayEndpoint;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.HttpRequestHandler;

/**
 * All endpoints of the front door, by their paths.
 */
public final class FrontDoors {

	/**
	 * What records and metrics call requests without a route; no route may be so called.
	 */
	public static final Set<String> PSEUDO_ROUTES = Set.of(Destinations.DIRECT_NAME.value(),
			Destinations.LIST_NAME.value(), MeteredCall.ROUTE.value());

	private static final Door CHAT = new Door(RelayEndpoint.OPENAI_CHAT, new OpenAiChatWire(), "messages", true, true,
			"tool_call_id");

	private static final Door RESPONSES = new Door(RelayEndpoint.OPENAI_RESPONSES, new OpenAiResponsesWire(), "input",
			false, true, "call_id");

	private static final Door EMBEDDINGS = new Door(RelayEndpoint.OPENAI_EMBEDDINGS, new EmbeddingsWire(), "input",
			false, false, "");

	private static final Door MESSAGES = new Door(RelayEndpoint.ANTHROPIC_MESSAGES, new AnthropicMessagesWire(),
			"messages", true, true, "tool_use_id");

	private final DoorParts parts;

	private final RouteEngine engine;

	private final TargetClients clients;

	private final ModelCatalog catalog;

	private final ErrorWriter errors;

	/**
	 * Opens the doors.
	 * @param engine the routes
	 * @param clients the providers
	 * @param catalog what is known of the models
	 * @param callers tells who sent a request that was let in
	 * @param settings the bounds and names that are configured
	 * @param disconnects notices callers who leave
	 * @param keepAlives keeps silent streams open
	 * @param openCalls counts the calls
	 * @param clock tells the time
	 */
	public FrontDoors(RouteEngine engine, TargetClients clients, ModelCatalog catalog,
			Function<HttpServletRequest, CallerAccess> callers, Settings settings, DisconnectWatch disconnects,
			KeepAlives keepAlives, OpenCalls openCalls, InstantSource clock) {
		this.engine = engine;
		this.clients = clients;
		this.catalog = catalog;
		this.errors = new PathErrors();
		this.parts = new DoorParts(callers,
				new RequestBodies(settings.maxRequestBytes(), settings.requestTimeout(), System::nanoTime),
				new Destinations(engine, clients, settings.aliases()),
				new WireMatch(clients, settings.responsesProviders()), new ToolTurns(Ticker.systemTicker()),
				new CallErrors(clock), disconnects, keepAlives, openCalls, clock);
	}

	/**
	 * The endpoints.
	 * @return what handles the requests, by patterns of paths
	 */
	public Map<String, HttpRequestHandler> handlers() {
		Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();
		handlers.put("/v1/chat/completions", new FrontDoor(CHAT, this.parts));
		handlers.put("/v1/responses", new FrontDoor(RESPONSES, this.parts));
		handlers.put("/v1/embeddings", new FrontDoor(EMBEDDINGS, this.parts));
		models(handlers, "/v1/models", false);
		handlers.put("/anthropic/v1/messages", new FrontDoor(MESSAGES, this.parts));
		handlers.put("/anthropic/v1/messages/count_tokens",
				new TokenCounts(this.parts, MESSAGES, this.clients, AnthropicTokenCount::write));
		models(handlers, "/anthropic/v1/models", true);
		return handlers;
	}

	private void models(Map<String, HttpRequestHandler> handlers, String path, boolean anthropic) {
		ModelList list = new ModelList(path, anthropic, this.parts, this.engine, this.clients, this.catalog,
				this.errors);
		handlers.put(path, list);
		handlers.put(path + "/{*id}", list);
	}

	/**
	 * What is configured of the front door.
	 *
	 * @param maxRequestBytes how long the body of a request may be
	 * @param requestTimeout how long the sending of a body may take
	 * @param aliases further names for routes and models; {@code *} in a name stands for
	 * any characters
	 * @param responsesProviders the providers on the OpenAI wire that have its responses
	 * beside its chat completions
	 */
	public record Settings(long maxRequestBytes, Duration requestTimeout, Map<String, String> aliases,
			Set<String> responsesProviders) {

	}

}
