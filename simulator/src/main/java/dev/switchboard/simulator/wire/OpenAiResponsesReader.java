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
import tools.jackson.databind.JsonNode;

/**
 * Reads requests for OpenAI's responses.
 */
final class OpenAiResponsesReader {

	private final Map<String, String> toolNames = new LinkedHashMap<>();

	private final List<ChatMessage> messages = new ArrayList<>();

	private OpenAiResponsesReader() {
	}

	static ChatRequest read(RequestTarget target, JsonNode body) {
		if (!body.path("model").isString()) {
			throw new RequestRefusedException("Missing required parameter: 'model'.");
		}
		OpenAiResponsesReader reader = new OpenAiResponsesReader();
		reader.readMessages(body);
		JsonNode format = body.path("text").path("format");
		JsonNode schema = format.path("schema");
		List<ToolDefinition> tools = new ArrayList<>();
		addTools(body.path("tools"), tools);
		return new ChatRequest(target.provider(), Json.text(body, "model"), SimulatedWire.OPENAI_RESPONSES,
				body.path("stream").asBoolean(false), reader.messages, tools, toolChoice(body.path("tool_choice")),
				schema.isObject() ? schema : null, schema.isObject() || "json_object".equals(Json.text(format, "type")),
				body.path("reasoning").path("summary").isString(), Json.integer(body, "max_output_tokens"), body);
	}

	private void readMessages(JsonNode body) {
		if (body.path("instructions").isString()) {
			this.messages.add(ChatMessage.text(Role.SYSTEM, Json.text(body, "instructions")));
		}
		JsonNode input = body.path("input");
		if (input.isString()) {
			this.messages.add(ChatMessage.text(Role.USER, input.asString("")));
		}
		for (JsonNode item : input) {
			readItem(item);
		}
	}

	private void readItem(JsonNode item) {
		switch (Json.text(item, "type")) {
			case "function_call", "custom_tool_call" -> {
				String id = Json.text(item, "call_id");
				String arguments = item.path("arguments").asString(item.path("input").asString(""));
				this.toolNames.put(id, Json.text(item, "name"));
				this.messages.add(new ChatMessage(Role.ASSISTANT, "",
						List.of(new ToolCall(id, Json.text(item, "name"), arguments)), List.of()));
			}
			case "function_call_output", "custom_tool_call_output" -> {
				String id = Json.text(item, "call_id");
				String name = this.toolNames.get(id);
				if (name == null) {
					throw new RequestRefusedException(
							"No tool call found for function call output with call_id " + id + ".");
				}
				this.messages.add(ChatMessage
					.results(List.of(new ToolResult(id, name, OpenAiChatReader.text(item.path("output"))))));
			}
			case "", "message" -> this.messages
				.add(ChatMessage.text(role(Json.text(item, "role")), OpenAiChatReader.text(item.path("content"))));
			default -> {
				// Reasoning and other items say nothing that an answer depends on.
			}
		}
	}

	private static Role role(String role) {
		return switch (role) {
			case "assistant" -> Role.ASSISTANT;
			case "system", "developer" -> Role.SYSTEM;
			default -> Role.USER;
		};
	}

	private static void addTools(JsonNode nodes, List<ToolDefinition> tools) {
		for (JsonNode node : nodes) {
			if ("namespace".equals(Json.text(node, "type"))) {
				addTools(node.path("tools"), tools);
			}
			else if ("function".equals(Json.text(node, "type"))) {
				tools.add(new ToolDefinition(Json.text(node, "name"), node.path("parameters")));
			}
		}
	}

	private static String toolChoice(JsonNode choice) {
		if (choice.isString()) {
			return choice.asString("");
		}
		return choice.path("name").asString(ChatRequest.AUTO);
	}

}
