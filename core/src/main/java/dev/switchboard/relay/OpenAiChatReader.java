package dev.switchboard.relay;

import tools.jackson.databind.JsonNode;

/**
 * Reads OpenAI's chat completions.
 */
final class OpenAiChatReader extends WireReader {

	@Override
	boolean whole(JsonNode answer, Piece piece) {
		JsonNode choices = answer.get("choices");
		if (choices == null || !choices.isArray()) {
			return false;
		}
		head(answer, piece);
		for (JsonNode choice : choices) {
			content(choice.path("message"), piece);
			piece.finish(choice.get("finish_reason"));
		}
		return true;
	}

	@Override
	Event event(JsonNode data, Piece piece) {
		head(data, piece);
		JsonNode choices = data.path("choices");
		for (JsonNode choice : choices) {
			content(choice.path("delta"), piece);
			piece.finish(choice.get("finish_reason"));
		}
		// With nothing but the usage in it, the event is the one that was asked for.
		return (choices.isArray() && choices.isEmpty() && data.path("usage").isObject()) ? Event.OURS : Event.PASS;
	}

	private static void content(JsonNode message, Piece piece) {
		piece.text(message.get("content"));
		JsonNode reasoning = message.get("reasoning_content");
		piece.reasoning((reasoning != null) ? reasoning : message.get("reasoning"));
		piece.refusal(message.get("refusal"));
		for (JsonNode call : message.path("tool_calls")) {
			JsonNode function = call.path("function");
			// In a stream only the first part of a call has its name.
			if (function.path("name").isString() || call.path("id").isString()) {
				piece.toolCall(call.get("id"), function.get("name"), function.path("arguments").asString(""));
			}
		}
		if (message.path("audio").isObject() || message.path("images").isArray()) {
			piece.other();
		}
	}

	private static void head(JsonNode data, Piece piece) {
		piece.identity(data.get("id"), data.get("model"));
		usage(data.path("usage"), piece);
	}

	static void usage(JsonNode usage, Piece piece) {
		if (!usage.isObject()) {
			return;
		}
		long cached = number(usage.path("prompt_tokens_details"), "cached_tokens");
		if (cached == 0) {
			// DeepSeek's word for it (api-docs.deepseek.com/guides/kv_cache).
			cached = number(usage, "prompt_cache_hit_tokens");
		}
		piece.usage(number(usage, "prompt_tokens"), number(usage, "completion_tokens"), cached, 0,
				number(usage.path("completion_tokens_details"), "reasoning_tokens"));
	}

	@Override
	String endMarker() {
		return "data: [DONE]\n\n";
	}

}
