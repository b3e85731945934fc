package dev.switchboard.relay;

import tools.jackson.databind.JsonNode;

/**
 * Reads OpenAI's embeddings; they are never streamed.
 */
final class OpenAiEmbeddingsReader extends WireReader {

	@Override
	boolean whole(JsonNode answer, Piece piece) {
		if (!answer.path("data").isArray()) {
			return false;
		}
		piece.identity(null, answer.get("model"));
		OpenAiChatReader.usage(answer.path("usage"), piece);
		piece.other();
		piece.finish("stop");
		return true;
	}

	@Override
	Event event(JsonNode data, Piece piece) {
		return Event.PASS;
	}

	@Override
	String endMarker() {
		return "";
	}

}
