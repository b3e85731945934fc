package dev.switchboard.gateway.front;

import dev.switchboard.gateway.wire.CallerWire;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.gateway.wire.openai.OpenAiErrors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Embeddings are relayed and never translated: vectors of two models have nothing to do
 * with one another, so that one can't stand in for the other.
 */
final class EmbeddingsWire implements CallerWire {

	@Override
	public WireRequest read(ObjectNode body, ToolCallMemory memory) {
		throw RefusedRequestException.unsupported("model",
				"Embeddings need a target whose provider speaks the OpenAI wire");
	}

	@Override
	public byte[] error(GatewayError error) {
		return OpenAiErrors.write(error);
	}

}
