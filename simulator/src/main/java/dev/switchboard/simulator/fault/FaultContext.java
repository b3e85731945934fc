package dev.switchboard.simulator.fault;

import java.util.Objects;

import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.wire.RequestTarget;
import org.jspecify.annotations.Nullable;

/**
 * The request that a fault may befall.
 *
 * @param target what the path asks for
 * @param chat the chat request; null on other endpoints
 * @param model the model that is asked for; empty when none is
 * @param requestId the identifier of the request
 */
public record FaultContext(RequestTarget target, @Nullable ChatRequest chat, String model, String requestId) {

	public FaultContext {
		Objects.requireNonNull(target, "target");
		Objects.requireNonNull(model, "model");
		Objects.requireNonNull(requestId, "requestId");
	}

	boolean isStreamed() {
		return this.chat != null && this.chat.streamed();
	}

}
