package dev.switchboard.gateway.front;

import java.util.List;
import java.util.Set;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.relay.RelayEndpoint;
import dev.switchboard.route.Target;

/**
 * Which targets take a request as it came.
 */
final class WireMatch {

	private final TargetClients clients;

	private final Set<String> responsesProviders;

	/**
	 * By the providers' wires.
	 * @param clients the providers
	 * @param responsesProviders those that have OpenAI's responses beside its chat
	 * completions
	 */
	WireMatch(TargetClients clients, Set<String> responsesProviders) {
		this.clients = clients;
		this.responsesProviders = Set.copyOf(responsesProviders);
	}

	boolean speaks(Target target, RelayEndpoint endpoint) {
		ProviderSettings settings = this.clients.settings(target.model().provider());
		return settings != null && settings.wire() == endpoint.wire()
				&& (endpoint != RelayEndpoint.OPENAI_RESPONSES || this.responsesProviders.contains(settings.name()));
	}

	/**
	 * Refuses what would be lost on the way to some of the targets.
	 * @param door where the request came in
	 * @param call the request
	 * @param json what it says
	 * @param destination where it goes
	 */
	void check(Door door, GatewayRequest call, RequestJson json, Destination destination) {
		List<Target> targets = destination.targets();
		boolean alone = targets.size() == 1 && call.relays(targets.get(0));
		if (json.has("thread") && door.relay() == RelayEndpoint.ANTHROPIC_MESSAGES && !alone) {
			// Its memory is one provider's; the client sends everything once told so.
			throw new RefusedRequestException(400, "thread_unsupported_request",
					"'thread' needs a route with one target that speaks Anthropic's wire; send all messages instead",
					"thread");
		}
		if (door.relay() == RelayEndpoint.OPENAI_RESPONSES && !alone) {
			for (String field : List.of("previous_response_id", "conversation")) {
				if (json.has(field)) {
					throw RefusedRequestException.unsupported(field, "'" + field
							+ "' needs a route with one target whose provider keeps responses; send the whole input "
							+ "and 'store: false' instead");
				}
			}
		}
	}

}
