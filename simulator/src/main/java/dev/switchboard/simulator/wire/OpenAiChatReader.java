package dev.switchboard.simulator.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.simulator.chat.ChatMessage;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.Role;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.ToolDefinition;
import dev.switchboard.simulator.chat.ToolResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads OpenAI's chat completion requests.
 */
final class OpenAiChatReader {

	private final Map<String, String> toolNames = new LinkedHashMap<>();

	private OpenAiChatReader() {
	}

	static ChatRequest read(RequestTarget target, JsonNode body) {
		if (!body.path("model").isString()) {
			throw new RequestRefusedException("you must provide a model parameter");
		}
		if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
			throw new RequestRefusedException("Missing required parameter: 'messages'.");
		}
		JsonNode format = body.path("response_format");
		JsonNode schema = format.path("json_schema").path("schema");
		return new ChatRequest(target.provider(), Json.text(body, "model"), SimulatedWire.OPENAI,
				body.path("stream").asBoolean(false), new OpenAiChatReader().messages(body.path("messages")),
				tools(body.path("tools")), toolChoice(body.path("tool_choice")), schema.isObject() ? schema : null,
				schema.isObject() || "json_object".equals(Json.text(format, "type")), false,
				Json.integer(body, "max_completion_tokens", "max_tokens"), body);
	}

	private List<ChatMessage> messages(JsonNode nodes) {
		List<ChatMessage> messages = new ArrayList<>();
		for (JsonNode node : nodes) {
			messages.add(message(node));
		}
		return messages;
	}

	private ChatMessage message(JsonNode node) {
		String text = text(node.path("content"));
		switch (Json.text(node, "role")) {
			case "system", "developer":
				return ChatMessage.text(Role.SYSTEM, text);
			case "user":
				return ChatMessage.text(Role.USER, text);
			case "assistant":
				return new ChatMessage(Role.ASSISTANT, text, toolCalls(node.path("tool_calls")), List.of());
			case "tool":
				String id = Json.text(node, "tool_call_id");
				String name = this.toolNames.get(id);
				if (name == null) {
					throw new RequestRefusedException("Invalid parameter: messages with role 'tool' must be a response "
							+ "to a preceding message with 'tool_calls'.");
				}
				return ChatMessage.results(List.of(new ToolResult(id, name, text)));
			default:
				throw new RequestRefusedException("Invalid value: '" + Json.text(node, "role")
						+ "'. Supported values are: 'system', 'assistant', 'user', 'tool', and 'developer'.");
		}
	}

	private List<ToolCall> toolCalls(JsonNode nodes) {
		List<ToolCall> calls = new ArrayList<>();
		for (JsonNode node : nodes) {
			JsonNode function = node.has("custom") ? node.path("custom") : node.path("function");
			String arguments = function.path("arguments").asString(function.path("input").asString(""));
			calls.add(new ToolCall(Json.text(node, "id"), Json.text(function, "name"), arguments));
			this.toolNames.put(Json.text(node, "id"), Json.text(function, "name"));
		}
		return calls;
	}

	static String text(@Nullable JsonNode content) {
		if (content == null || content.isString()) {
			return (content == null) ? "" : content.asString("");
		}
		StringBuilder text = new StringBuilder();
		for (JsonNode part : content) {
			String piece = part.path("text").asString(part.path("refusal").asString(""));
			if (!piece.isEmpty()) {
				text.append(text.isEmpty() ? "" : "\n").append(piece);
			}
		}
		return text.toString();
	}

	private static List<ToolDefinition> tools(JsonNode nodes) {
		List<ToolDefinition> tools = new ArrayList<>();
		for (JsonNode node : nodes) {
			JsonNode function = node.has("custom") ? node.path("custom") : node.path("function");
			if (function.path("name").isString()) {
				tools.add(new ToolDefinition(Json.text(function, "name"), function.path("parameters")));
			}
		}
		return tools;
	}

	private static String toolChoice(JsonNode choice) {
		if (choice.isString()) {
			return choice.asString("");
		}
		String name = choice.path("function").path("name").asString(choice.path("custom").path("name").asString(""));
		return name.isEmpty() ? ChatRequest.AUTO : name;
	}

}
