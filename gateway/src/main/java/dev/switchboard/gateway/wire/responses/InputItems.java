package dev.switchboard.gateway.wire.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.openai.OpenAiTerms;
import dev.switchboard.gateway.wire.openai.TextContent;
import dev.switchboard.gateway.wire.openai.UserContent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * Reads the input: a text, or items. The items of one turn of the assistant (thoughts,
 * what it said, its calls) become one message, the results of its calls another. Messages
 * that say nothing, which other providers refuse, are left out.
 */
final class InputItems {

	private static final String INPUT = "input";

	private static final String CONTENT = "content";

	private static final String OUTPUT = "output";

	private static final String FUNCTION = "function";

	private final CallerTools tools;

	private final ToolCallMemory memory;

	private final List<Message> messages = new ArrayList<>();

	/** The names of the functions called so far, by the calls' ids. */
	private final Map<String, String> called = new HashMap<>();

	/** Results that came one after the other. */
	private final List<ToolResponse> results = new ArrayList<>();

	/** What results have beside texts, which other wires take from the user only. */
	private final List<Message> illustrations = new ArrayList<>();

	private final AssistantItems assistant = new AssistantItems();

	private InputItems(CallerTools tools, ToolCallMemory memory) {
		this.tools = tools;
		this.memory = memory;
	}

	static List<Message> read(Fields request, CallerTools tools, ToolCallMemory memory) {
		InputItems reader = new InputItems(tools, memory);
		reader.addInstructions(request, "instructions");
		JsonNode input = request.node(INPUT);
		if (input != null && input.isString()) {
			reader.messages.add(new UserMessage(input.asString()));
		}
		else {
			request.objects(INPUT).forEach(reader::add);
		}
		reader.endAssistant();
		reader.endResults();
		if (reader.messages.isEmpty()) {
			throw RefusedRequestException.invalid(INPUT, "'input' must have an item that says something");
		}
		return reader.messages;
	}

	private void add(Fields item) {
		String type = Objects.requireNonNullElse(item.text("type"), "message");
		switch (type) {
			case "message" -> addMessage(item);
			case "reasoning" -> {
				endResults();
				this.assistant.think(TextContent.read(item, "summary"));
			}
			case "function_call" -> addCall(item, OpenAiTerms.arguments(item.text("arguments")));
			case "custom_tool_call" -> addCall(item,
					JsonMapper.shared()
						.createObjectNode()
						.put(CallerTools.INPUT, item.requiredText(CallerTools.INPUT))
						.toString());
			case "function_call_output", "custom_tool_call_output" -> addResult(item);
			default -> ResponsesFields.checkItem(item, type);
		}
	}

	private void addMessage(Fields item) {
		String role = item.requiredText("role");
		endResults();
		switch (role) {
			case "assistant" -> {
				String text = TextContent.required(item, CONTENT);
				if (this.assistant.isOtherText(text)) {
					endAssistant();
				}
				this.assistant.say(text);
			}
			case "user" -> {
				endAssistant();
				UserContent.read(item, CONTENT, this.messages);
			}
			case "system", "developer" -> {
				endAssistant();
				TextContent.required(item, CONTENT);
				addInstructions(item, CONTENT);
			}
			default -> throw RefusedRequestException.invalid(item.path("role"),
					"'" + item.path("role") + "' must be 'user', 'assistant', 'system' or 'developer'");
		}
	}

	private void addInstructions(Fields parent, String field) {
		String text = TextContent.read(parent, field);
		if (text != null && !text.isEmpty()) {
			this.messages.add(new SystemMessage(text));
		}
	}

	private void addCall(Fields item, String arguments) {
		endResults();
		String id = item.requiredText("call_id");
		String name = this.tools.toldName(item.requiredText("name"), item.text("namespace"));
		this.called.put(id, name);
		this.assistant.call(new ToolCall(id, FUNCTION, name, arguments), this.memory);
	}

	private void addResult(Fields item) {
		endAssistant();
		String id = item.requiredText("call_id");
		String name = this.called.get(id);
		if (name == null) {
			throw RefusedRequestException.invalid(item.path("call_id"),
					"'" + item.path("call_id") + "' names no tool call of an earlier item");
		}
		this.results.add(new ToolResponse(id, name, output(item, name)));
	}

	private String output(Fields item, String name) {
		if (!TextContent.isParts(item, OUTPUT)) {
			return TextContent.required(item, OUTPUT);
		}
		String text = "";
		List<Fields> others = new ArrayList<>();
		for (Fields part : item.objects(OUTPUT)) {
			if (TextContent.isText(part)) {
				text = TextContent.join(text, part.requiredText("text"));
			}
			else {
				others.add(part);
			}
		}
		if (others.isEmpty()) {
			return text;
		}
		this.illustrations.addAll(illustrations("What tool '" + name + "' returned beside its text:", others));
		return text.isEmpty() ? "What it returned follows in the next message." : text;
	}

	/** The words stay beside the first picture. */
	private static List<Message> illustrations(String words, List<Fields> parts) {
		List<Message> read = new ArrayList<>();
		UserContent.read(parts, read);
		if (read.get(0) instanceof UserMessage first && String.valueOf(first.getText()).isEmpty()) {
			read.set(0, first.mutate().text(words).build());
		}
		else {
			read.add(0, new UserMessage(words));
		}
		return read;
	}

	private void endAssistant() {
		this.assistant.end(this.messages);
	}

	private void endResults() {
		if (!this.results.isEmpty()) {
			this.messages.add(ToolResponseMessage.builder().responses(List.copyOf(this.results)).build());
			this.messages.addAll(this.illustrations);
			this.results.clear();
			this.illustrations.clear();
		}
	}

}
