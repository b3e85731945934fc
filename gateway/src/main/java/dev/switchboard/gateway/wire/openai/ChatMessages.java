package dev.switchboard.gateway.wire.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.options.Answers;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;

/**
 * Reads a conversation. Messages that say nothing, which other providers refuse, are left
 * out: system messages and the assistant's without text or calls.
 */
final class ChatMessages {

	private static final String FUNCTION = "function";

	private static final String CONTENT = "content";

	private final ToolCallMemory memory;

	private final List<Message> messages = new ArrayList<>();

	/** The names of the functions called so far, by the calls' ids. */
	private final Map<String, String> calledFunctions = new HashMap<>();

	/** Results that came one after the other. */
	private final List<ToolResponse> results = new ArrayList<>();

	private ChatMessages(ToolCallMemory memory) {
		this.memory = memory;
	}

	static List<Message> read(Fields request, ToolCallMemory memory) {
		ChatMessages reader = new ChatMessages(memory);
		request.objects("messages").forEach(reader::add);
		reader.endResults();
		if (reader.messages.isEmpty()) {
			throw RefusedRequestException.invalid("messages", "'messages' must have a message that says something");
		}
		return reader.messages;
	}

	private void add(Fields message) {
		String role = message.requiredText("role");
		ChatFields.checkMessage(message);
		if (!role.equals("tool")) {
			endResults();
		}
		switch (role) {
			case "system", "developer" -> addInstructions(message);
			case "user" -> UserContent.read(message, CONTENT, this.messages);
			case "assistant" -> addAssistant(message);
			case "tool" -> addResult(message);
			case FUNCTION -> throw RefusedRequestException.unsupported(message.path("role"), "'" + message.path("role")
					+ "' is 'function', which is superseded by 'tool': use 'tools' and 'tool_calls'");
			default -> throw RefusedRequestException.invalid(message.path("role"),
					"'" + message.path("role") + "' must be 'system', 'developer', 'user', 'assistant' or 'tool'");
		}
	}

	private void addInstructions(Fields message) {
		String text = TextContent.required(message, CONTENT);
		if (!text.isEmpty()) {
			this.messages.add(new SystemMessage(text));
		}
	}

	private void addAssistant(Fields message) {
		String content = TextContent.read(message, CONTENT);
		String refusal = message.text("refusal");
		String reasoning = message.text("reasoning_content");
		List<ToolCall> calls = calls(message);
		String text = TextContent.join(content, refusal);
		if (calls.isEmpty() && text.isEmpty()) {
			if (content == null && reasoning == null) {
				throw RefusedRequestException.invalid(message.path(CONTENT),
						"'" + message.path(CONTENT) + "' is required where there are no tool calls");
			}
			return;
		}
		Map<String, Object> metadata = new HashMap<>(recall(calls));
		if (reasoning != null && !reasoning.isEmpty()) {
			metadata.putIfAbsent(Answers.REASONING, reasoning);
		}
		this.messages.add(AssistantMessage.builder().content(text).properties(metadata).toolCalls(calls).build());
	}

	private Map<String, Object> recall(List<ToolCall> calls) {
		for (ToolCall call : calls) {
			Map<String, Object> recalled = this.memory.recall(call.id());
			if (!recalled.isEmpty()) {
				return recalled;
			}
		}
		return Map.of();
	}

	private List<ToolCall> calls(Fields message) {
		List<ToolCall> calls = new ArrayList<>();
		for (Fields call : message.objects("tool_calls")) {
			String type = call.text("type");
			if (type != null && !type.equals(FUNCTION)) {
				throw RefusedRequestException.unsupported(call.path("type"), "'" + call.path("type")
						+ "' must be 'function', as nothing else can be translated for the targets of this route");
			}
			String id = call.requiredText("id");
			Fields function = call.requiredObject(FUNCTION);
			String name = function.requiredText("name");
			calls.add(new ToolCall(id, FUNCTION, name, OpenAiTerms.arguments(function.text("arguments"))));
			this.calledFunctions.put(id, name);
		}
		return calls;
	}

	private void addResult(Fields message) {
		String id = message.requiredText("tool_call_id");
		String name = this.calledFunctions.get(id);
		if (name == null) {
			throw RefusedRequestException.invalid(message.path("tool_call_id"),
					"'" + message.path("tool_call_id") + "' names no tool call of an earlier message");
		}
		this.results.add(new ToolResponse(id, name, TextContent.required(message, CONTENT)));
	}

	private void endResults() {
		if (!this.results.isEmpty()) {
			this.messages.add(ToolResponseMessage.builder().responses(List.copyOf(this.results)).build());
			this.results.clear();
		}
	}

}
