package dev.switchboard.relay;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads OpenAI's responses.
 */
final class OpenAiResponsesReader extends WireReader {

	@Override
	boolean whole(JsonNode answer, Piece piece) {
		if (!answer.path("output").isArray()) {
			return false;
		}
		for (JsonNode item : answer.path("output")) {
			item(item, piece);
		}
		end(answer, piece);
		return true;
	}

	private static void item(JsonNode item, Piece piece) {
		switch (String.valueOf(string(item, "type"))) {
			case "message" -> {
				for (JsonNode part : item.path("content")) {
					piece.text(part.get("text"));
					piece.refusal(part.get("refusal"));
				}
			}
			case "reasoning" -> {
				for (JsonNode part : item.path("summary")) {
					piece.reasoning(part.get("text"));
				}
			}
			case "function_call" ->
				piece.toolCall(item.get("call_id"), item.get("name"), item.path("arguments").asString(""));
			case "custom_tool_call" ->
				piece.toolCall(item.get("call_id"), item.get("name"), item.path("input").asString(""));
			default -> piece.other();
		}
	}

	private static void end(JsonNode response, Piece piece) {
		piece.identity(response.get("id"), response.get("model"));
		JsonNode usage = response.path("usage");
		if (usage.isObject()) {
			piece.usage(number(usage, "input_tokens"), number(usage, "output_tokens"),
					number(usage.path("input_tokens_details"), "cached_tokens"), 0,
					number(usage.path("output_tokens_details"), "reasoning_tokens"));
		}
		String status = string(response, "status");
		if ("incomplete".equals(status)) {
			String reason = string(response.path("incomplete_details"), "reason");
			piece.finish((reason != null) ? reason : "max_output_tokens");
		}
		else if (status == null || "completed".equals(status)) {
			piece.finish("completed");
		}
	}

	@Override
	Event event(JsonNode data, Piece piece) {
		switch (String.valueOf(string(data, "type"))) {
			case "response.output_text.delta" -> piece.text(data.get("delta"));
			case "response.refusal.delta" -> piece.refusal(data.get("delta"));
			case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
				piece.reasoning(data.get("delta"));
			case "response.output_item.added" -> added(data.path("item"), piece);
			case "response.created" ->
				piece.identity(data.path("response").get("id"), data.path("response").get("model"));
			case "response.completed", "response.incomplete" -> {
				end(data.path("response"), piece);
				return Event.END;
			}
			default -> {
				// It goes by.
			}
		}
		return Event.PASS;
	}

	private static void added(JsonNode item, Piece piece) {
		switch (String.valueOf(string(item, "type"))) {
			case "message", "reasoning" -> {
				// Their content follows.
			}
			default -> item(item, piece);
		}
	}

	@Override
	@Nullable JsonNode error(JsonNode data) {
		if ("response.failed".equals(string(data, "type"))) {
			return data.path("response");
		}
		if ("error".equals(string(data, "type"))) {
			return data;
		}
		return super.error(data);
	}

	@Override
	String endMarker() {
		return "";
	}

}
