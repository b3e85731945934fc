package dev.switchboard.gateway.front;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.provider.ProviderEndpoint;
import dev.switchboard.provider.RawAnswer;
import dev.switchboard.provider.RawRequest;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.relay.RelayEndpoint;
import dev.switchboard.route.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.HttpRequestHandler;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts the tokens of a request on Anthropic's wire: the provider counts them where the
 * first target of the route speaks that wire, and otherwise they are estimated. Counting
 * costs nothing and is no call.
 */
final class TokenCounts implements HttpRequestHandler {

	private static final Logger logger = LoggerFactory.getLogger(TokenCounts.class);

	private final DoorParts parts;

	private final Door door;

	private final TargetClients clients;

	private final Function<ObjectNode, byte[]> estimate;

	TokenCounts(DoorParts parts, Door door, TargetClients clients, Function<ObjectNode, byte[]> estimate) {
		this.parts = parts;
		this.door = door;
		this.clients = clients;
		this.estimate = estimate;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AnswerExchange exchange = new AnswerExchange(this.door, response);
		try {
			if (!request.getMethod().equals("POST")) {
				response.setHeader("Allow", "POST");
				throw new RefusedRequestException(405, "method_not_allowed", "This endpoint takes POST requests", null);
			}
			CallerAccess access = this.parts.callers().apply(request);
			RequestJson json = RequestJson.read(this.parts.bodies().read(request));
			Destination destination = this.parts.destinations().find(json.model(), List.of(), access);
			this.door.check(json);
			byte[] counted = destination.targets().isEmpty() ? null
					: counted(destination.targets().get(0), json, FrontDoor.forwarded(request, this.door));
			exchange.json((counted != null) ? counted : this.estimate.apply(json.tree()));
		}
		catch (RefusedRequestException ex) {
			exchange.error(ex.toError(RequestIds.random()));
		}
	}

	private byte @Nullable [] counted(Target target, RequestJson json, List<Map.Entry<String, String>> headers) {
		ProviderEndpoint endpoint = this.parts.wires().speaks(target, RelayEndpoint.ANTHROPIC_MESSAGES)
				? this.clients.endpoint(target.model().provider()) : null;
		if (endpoint == null) {
			return null;
		}
		String path = RelayEndpoint.ANTHROPIC_MESSAGES.path(endpoint.settings()) + "/count_tokens";
		byte[] body = json.rewritten(target.model().model(), Map.of(), null);
		try (RawAnswer answer = endpoint.send(RawRequest.post(path, new ArrayList<>(headers), body))) {
			return (answer.status() == 200) ? answer.body().readAllBytes() : null;
		}
		catch (IOException ex) {
			logger.debug("Tokens are estimated, as the provider did not count them target={}", target, ex);
			return null;
		}
	}

}
