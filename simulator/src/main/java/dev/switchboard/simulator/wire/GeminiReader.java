package dev.switchboard.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
 * Reads Gemini's requests for content.
 */
final class GeminiReader {

	private GeminiReader() {
	}

	static ChatRequest read(RequestTarget target, JsonNode whole) {
		JsonNode body = whole.has("generateContentRequest") ? whole.path("generateContentRequest") : whole;
		if (!body.path("contents").isArray() || body.path("contents").isEmpty()) {
			throw new RequestRefusedException("* GenerateContentRequest.contents: contents is not specified");
		}
		JsonNode config = body.path("generationConfig");
		JsonNode schema = config.has("responseJsonSchema") ? config.path("responseJsonSchema")
				: config.path("responseSchema");
		requireSignatures(target.model(), body.path("contents"));
		return new ChatRequest(target.provider(), target.model(), SimulatedWire.GEMINI, target.streamed(),
				messages(body), tools(body.path("tools")), toolChoice(body.path("toolConfig")),
				schema.isObject() ? schema : null, "application/json".equals(Json.text(config, "responseMimeType")),
				config.path("thinkingConfig").path("includeThoughts").asBoolean(false),
				Json.integer(config, "maxOutputTokens"), whole);
	}

	/**
	 * Signatures must be genuine wherever they are; the third generation demands them in
	 * the current turn.
	 */
	private static void requireSignatures(String model, JsonNode contents) {
		boolean demanded = model.startsWith("gemini-3");
		for (int i = contents.size() - 1; i >= 0; i--) {
			JsonNode parts = contents.get(i).path("parts");
			boolean first = true;
			for (JsonNode part : parts) {
				demanded &= !isUsersText(contents.get(i), part);
				if (part.has("functionCall")) {
					requireSignature(part, demanded && first);
					first = false;
				}
			}
		}
	}

	private static boolean isUsersText(JsonNode content, JsonNode part) {
		return "user".equals(Json.text(content, "role")) && part.has("text");
	}

	private static void requireSignature(JsonNode part, boolean demanded) {
		String signature = either(part, "thoughtSignature", "thought_signature").asString("");
		if (signature.isEmpty() && demanded) {
			throw new RequestRefusedException("Function call is missing a thought_signature in functionCall parts. "
					+ "This is required for tools to work correctly, and missing thought_signature may lead to "
					+ "degraded model performance.");
		}
		if (!signature.isEmpty() && !Signatures.isGenuineCall(signature)) {
			throw new RequestRefusedException("Thought signature is not valid");
		}
	}

	private static List<ChatMessage> messages(JsonNode body) {
		List<ChatMessage> messages = new ArrayList<>();
		String system = text(either(body, "systemInstruction", "system_instruction").path("parts"));
		if (!system.isEmpty()) {
			messages.add(ChatMessage.text(Role.SYSTEM, system));
		}
		for (JsonNode content : body.path("contents")) {
			messages.add(message(content));
		}
		return messages;
	}

	private static ChatMessage message(JsonNode content) {
		List<ToolCall> calls = new ArrayList<>();
		List<ToolResult> results = new ArrayList<>();
		for (JsonNode part : content.path("parts")) {
			JsonNode call = part.path("functionCall");
			JsonNode result = part.path("functionResponse");
			if (call.isObject()) {
				calls.add(new ToolCall(id(call), Json.text(call, "name"), call.path("args").toString()));
			}
			if (result.isObject()) {
				results.add(new ToolResult(Json.text(result, "id"), Json.text(result, "name"), resultText(result)));
			}
		}
		String text = text(content.path("parts"));
		if ("model".equals(Json.text(content, "role"))) {
			return new ChatMessage(Role.ASSISTANT, text, calls, List.of());
		}
		return new ChatMessage(results.isEmpty() ? Role.USER : Role.TOOL, text, List.of(), results);
	}

	private static @Nullable String id(JsonNode call) {
		return call.path("id").isString() ? Json.text(call, "id") : null;
	}

	private static String resultText(JsonNode result) {
		JsonNode response = result.path("response");
		JsonNode only = (response.size() == 1) ? response.iterator().next() : response;
		return only.isString() ? only.asString("") : only.toString();
	}

	private static String text(JsonNode parts) {
		StringBuilder text = new StringBuilder();
		for (JsonNode part : parts) {
			if (part.path("text").isString() && !part.path("thought").asBoolean(false)) {
				text.append(text.isEmpty() ? "" : "\n").append(Json.text(part, "text"));
			}
		}
		return text.toString();
	}

	private static List<ToolDefinition> tools(JsonNode nodes) {
		List<ToolDefinition> tools = new ArrayList<>();
		for (JsonNode node : nodes) {
			for (JsonNode function : either(node, "functionDeclarations", "function_declarations")) {
				tools.add(new ToolDefinition(Json.text(function, "name"),
						either(function, "parametersJsonSchema", "parameters")));
			}
		}
		return tools;
	}

	private static String toolChoice(JsonNode config) {
		JsonNode calling = config.path("functionCallingConfig");
		JsonNode allowed = calling.path("allowedFunctionNames");
		return switch (Json.text(calling, "mode").toUpperCase(Locale.ROOT)) {
			case "ANY" -> (allowed.size() == 1) ? allowed.get(0).asString("") : ChatRequest.REQUIRED;
			case "NONE" -> ChatRequest.NONE;
			default -> ChatRequest.AUTO;
		};
	}

	private static JsonNode either(JsonNode node, String name, String other) {
		return node.has(name) ? node.path(name) : node.path(other);
	}

}
