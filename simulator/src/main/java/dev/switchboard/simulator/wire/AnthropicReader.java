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
 * Reads Anthropic's message requests.
 */
final class AnthropicReader {

	private final Map<String, String> toolNames = new LinkedHashMap<>();

	private AnthropicReader() {
	}

	static ChatRequest read(RequestTarget target, JsonNode body) {
		require(body.path("model").isString(), "model: Field required");
		require(target.endpoint() == Endpoint.COUNT_TOKENS || body.path("max_tokens").isNumber(),
				"max_tokens: Field required");
		require(body.path("messages").isArray(), "messages: Field required");
		require(!body.path("messages").isEmpty(), "messages: at least one message is required");
		if (body.has("thread")) {
			// Nothing is kept here; clients send the whole conversation when told so.
			throw new RequestRefusedException("thread: This model does not support message threads.",
					"thread_unsupported_request");
		}
		JsonNode schema = schema(body);
		return new ChatRequest(target.provider(), Json.text(body, "model"), SimulatedWire.ANTHROPIC,
				body.path("stream").asBoolean(false), new AnthropicReader().messages(body), tools(body.path("tools")),
				toolChoice(body.path("tool_choice")), schema.isObject() ? schema : null, schema.isObject(),
				isThinking(body.path("thinking")), Json.integer(body, "max_tokens"), body);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new RequestRefusedException(message);
		}
	}

	private static JsonNode schema(JsonNode body) {
		JsonNode schema = body.path("output_config").path("format").path("schema");
		return schema.isMissingNode() ? body.path("output_format").path("schema") : schema;
	}

	private static boolean isThinking(JsonNode thinking) {
		String type = Json.text(thinking, "type");
		return !type.isEmpty() && !"disabled".equals(type);
	}

	private List<ChatMessage> messages(JsonNode body) {
		List<ChatMessage> messages = new ArrayList<>();
		String system = OpenAiChatReader.text(body.path("system"));
		if (!system.isEmpty()) {
			messages.add(ChatMessage.text(Role.SYSTEM, system));
		}
		for (JsonNode node : body.path("messages")) {
			messages.add(message(node));
		}
		return messages;
	}

	private ChatMessage message(JsonNode node) {
		JsonNode content = node.path("content");
		String role = Json.text(node, "role");
		List<ToolCall> calls = new ArrayList<>();
		List<ToolResult> results = new ArrayList<>();
		if (content.isArray()) {
			for (JsonNode block : content) {
				switch (Json.text(block, "type")) {
					case "tool_use" -> calls.add(toolCall(block));
					case "tool_result" -> results.add(toolResult(block));
					case "thinking" ->
						require(Signatures.isGenuine(Json.text(block, "signature"), Json.text(block, "thinking")),
								"messages: Invalid `signature` in `thinking` block");
					default -> {
						// Blocks of other types count by their text alone.
					}
				}
			}
		}
		String text = OpenAiChatReader.text(content);
		return switch (role) {
			case "system" -> ChatMessage.text(Role.SYSTEM, text);
			case "assistant" -> new ChatMessage(Role.ASSISTANT, text, calls, List.of());
			case "user" -> new ChatMessage(results.isEmpty() ? Role.USER : Role.TOOL, text, List.of(), results);
			default -> throw new RequestRefusedException(
					"messages: Unexpected role \"" + role + "\". Allowed roles are \"user\" or \"assistant\".");
		};
	}

	private ToolCall toolCall(JsonNode block) {
		this.toolNames.put(Json.text(block, "id"), Json.text(block, "name"));
		return new ToolCall(Json.text(block, "id"), Json.text(block, "name"), block.path("input").toString());
	}

	private ToolResult toolResult(JsonNode block) {
		String id = Json.text(block, "tool_use_id");
		String name = this.toolNames.get(id);
		if (name == null) {
			throw new RequestRefusedException("messages: unexpected `tool_use_id` found in `tool_result` blocks: " + id
					+ ". Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
		}
		return new ToolResult(id, name, OpenAiChatReader.text(block.path("content")));
	}

	private static List<ToolDefinition> tools(JsonNode nodes) {
		List<ToolDefinition> tools = new ArrayList<>();
		for (JsonNode node : nodes) {
			if (node.path("name").isString() && node.has("input_schema")) {
				tools.add(new ToolDefinition(Json.text(node, "name"), node.path("input_schema")));
			}
		}
		return tools;
	}

	private static String toolChoice(JsonNode choice) {
		return switch (Json.text(choice, "type")) {
			case "any" -> ChatRequest.REQUIRED;
			case "none" -> ChatRequest.NONE;
			case "tool" -> Json.text(choice, "name");
			default -> ChatRequest.AUTO;
		};
	}

}
