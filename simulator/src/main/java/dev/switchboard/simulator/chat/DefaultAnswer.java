package dev.switchboard.simulator.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a simulated model answers when nobody told it what to: an echo that names the
 * model, the tool calls that the user spelled out or demanded, a word about tool results,
 * or an instance of the JSON schema that was asked for. The same request always gets the
 * same answer.
 */
public final class DefaultAnswer implements Function<ChatRequest, Answer> {

	// What follows a JSON object in a sentence is none of its business.
	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final String WORD = "text";

	@Override
	public Answer apply(ChatRequest request) {
		List<ToolCall> calls = toolCalls(request);
		Answer answer = calls.isEmpty() ? text(request) : Answer.toolCalls(calls.toArray(ToolCall[]::new));
		if (request.reasoningWanted()) {
			answer = answer.withReasoning("Thinking about: " + request.lastUserText());
		}
		return shortened(request, answer);
	}

	private static Answer shortened(ChatRequest request, Answer answer) {
		Integer limit = request.maxTokens();
		if (limit == null || Tokens.count(answer.text()) <= limit) {
			return answer;
		}
		int end = Math.max(0, limit) * Tokens.CHARACTERS;
		return answer.withText(answer.text().substring(0, end)).finishing(FinishReason.LENGTH);
	}

	private static Answer text(ChatRequest request) {
		String said = request.provider() + "/" + request.model() + " says: " + said(request);
		JsonNode schema = request.outputSchema();
		if (schema == null) {
			schema = describedSchema(request.lastUserText());
		}
		if (schema != null) {
			return Answer.text(SchemaInstance.of(schema, WORD).toString());
		}
		if (request.jsonWanted()) {
			return Answer.text(JSON.createObjectNode().put("answer", said).toString());
		}
		return Answer.text(said);
	}

	private static String said(ChatRequest request) {
		List<ToolResult> results = request.toolResults();
		if (results.isEmpty()) {
			return request.lastUserText();
		}
		List<String> mentions = new ArrayList<>();
		for (ToolResult result : results) {
			mentions.add((result.name().isEmpty() ? "a tool" : result.name()) + " returned " + result.text());
		}
		return String.join("; ", mentions);
	}

	private static List<ToolCall> toolCalls(ChatRequest request) {
		if (request.tools().isEmpty() || ChatRequest.NONE.equals(request.toolChoice())
				|| request.lastRole() == Role.TOOL) {
			return List.of();
		}
		String text = request.lastUserText();
		List<ToolCall> calls = new ArrayList<>();
		for (ToolDefinition tool : request.tools()) {
			String wish = "call " + tool.name().toLowerCase(Locale.ROOT);
			int found = text.toLowerCase(Locale.ROOT).indexOf(wish);
			if (found >= 0) {
				calls.add(call(tool, text.substring(found + wish.length()).stripLeading()));
			}
		}
		if (calls.isEmpty() && !ChatRequest.AUTO.equals(request.toolChoice())) {
			calls.add(call(demanded(request), ""));
		}
		return calls;
	}

	private static ToolDefinition demanded(ChatRequest request) {
		return request.tools()
			.stream()
			.filter((tool) -> tool.name().equals(request.toolChoice()))
			.findFirst()
			.orElse(request.tools().get(0));
	}

	private static ToolCall call(ToolDefinition tool, String afterName) {
		JsonNode written = afterName.startsWith("{") ? json(afterName) : null;
		JsonNode arguments = (written != null) ? written : SchemaInstance.of(tool.schema(), WORD);
		return ToolCall.of(tool.name(), arguments.isObject() ? arguments.toString() : "{}");
	}

	/**
	 * The schema that instructions in plain text spell out, as Spring AI's converters do.
	 */
	private static @Nullable JsonNode describedSchema(String text) {
		int mention = text.indexOf("JSON Schema");
		int start = (mention < 0) ? -1 : text.indexOf('{', mention);
		return (start < 0) ? null : json(text.substring(start));
	}

	private static @Nullable JsonNode json(String text) {
		try {
			JsonNode node = JSON.readTree(text);
			return node.isObject() ? node : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
