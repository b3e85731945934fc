package dev.switchboard.relay;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Anthropic's messages.
 */
final class AnthropicReader extends WireReader {

	private long input;

	private long cached;

	private long written;

	private long output;

	private long thinking;

	@Override
	boolean whole(JsonNode answer, Piece piece) {
		if (!answer.path("content").isArray()) {
			return false;
		}
		piece.identity(answer.get("id"), answer.get("model"));
		for (JsonNode block : answer.path("content")) {
			block(block, piece);
		}
		piece.finish(answer.get("stop_reason"));
		usage(answer.path("usage"), piece);
		return true;
	}

	private static void block(JsonNode block, Piece piece) {
		switch (String.valueOf(string(block, "type"))) {
			case "text" -> piece.text(block.get("text"));
			case "thinking" -> piece.reasoning(block.get("thinking"));
			case "redacted_thinking" -> {
				// Nobody can read it.
			}
			case "tool_use" -> piece.toolCall(block.get("id"), block.get("name"), block.path("input").toString());
			default -> piece.other();
		}
	}

	@Override
	Event event(JsonNode data, Piece piece) {
		switch (String.valueOf(string(data, "type"))) {
			case "message_start" -> {
				JsonNode message = data.path("message");
				piece.identity(message.get("id"), message.get("model"));
				usage(message.path("usage"), piece);
			}
			case "content_block_start" -> block(data.path("content_block"), piece);
			case "content_block_delta" -> {
				JsonNode delta = data.path("delta");
				piece.text(delta.get("text"));
				piece.reasoning(delta.get("thinking"));
			}
			case "message_delta" -> {
				piece.finish(data.path("delta").get("stop_reason"));
				usage(data.path("usage"), piece);
			}
			case "message_stop" -> {
				return Event.END;
			}
			default -> {
				// It goes by.
			}
		}
		return Event.PASS;
	}

	/** The numbers of later events count from the beginning, but may be fewer. */
	private void usage(JsonNode usage, Piece piece) {
		if (!usage.isObject()) {
			return;
		}
		this.input = Math.max(this.input, number(usage, "input_tokens"));
		this.cached = Math.max(this.cached, number(usage, "cache_read_input_tokens"));
		this.written = Math.max(this.written, number(usage, "cache_creation_input_tokens"));
		this.output = Math.max(this.output, number(usage, "output_tokens"));
		this.thinking = Math.max(this.thinking, number(usage.path("output_tokens_details"), "thinking_tokens"));
		piece.usage(this.input + this.cached + this.written, this.output, this.cached, this.written, this.thinking);
	}

	@Override
	@Nullable JsonNode error(JsonNode data) {
		return "error".equals(string(data, "type")) ? data : null;
	}

	@Override
	String endMarker() {
		return "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
	}

}
