package dev.switchboard.gateway.wire.responses;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.openai.ChatField;
import dev.switchboard.gateway.wire.openai.RefusedFields;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of each field of a request for a response when a target of another wire
 * answers, by the same rule as for chat completions. A field that is neither here nor
 * known to OpenAI is dropped.
 */
public final class ResponsesFields {

	/** All fields, those of the request itself first. */
	public static final List<ChatField> ALL = List.of(
			ChatField.translated("model", "the route; the answer names the model that gave it"),
			ChatField.translated("input", "a text, or items by their type"),
			ChatField.translated("instructions", "a system message before the input"),
			ChatField.translated("stream", "as events with names and numbers"),
			ChatField.dropped("stream_options", "events are as long as their content"),
			ChatField.translated("temperature", "as it is"), ChatField.translated("top_p", "as it is"),
			ChatField.translated("max_output_tokens", "as it is"),
			ChatField.translated("reasoning.effort", "none, minimal, low, medium, high, xhigh, max"),
			ChatField.dropped("reasoning.summary", "thoughts are told where the provider tells them"),
			ChatField.translated("text.format", "text, json_object or json_schema"),
			ChatField.dropped("text.format.name", "the schema says it all"),
			ChatField.dropped("text.format.description", "the schema says it all"),
			ChatField.dropped("text.format.strict", "a schema is always to be met"),
			ChatField.dropped("text.verbosity", "a hint"),
			ChatField.translated("tools",
					"functions; custom tools as functions of one text; namespaces as the "
							+ "functions in them. All others are left out"),
			ChatField.dropped("tools[].strict", "arguments are as good as the provider makes them"),
			ChatField.dropped("tools[].defer_loading", "the model is told of all tools at once"),
			ChatField.translated("tool_choice",
					"auto, none, required, one function or custom tool, or allowed tools: only these are told; "
							+ "one that was left out is refused, and so is required where all were"),
			ChatField.translated("parallel_tool_calls", "where the provider has it"),
			ChatField.dropped("max_tool_calls", "counts the tools that OpenAI runs itself"),
			ChatField.refused("previous_response_id", "nothing is kept here: send the whole input"),
			ChatField.refused("conversation", "nothing is kept here: send the whole input"),
			ChatField.refused("background", "true"),
			ChatField.refused("prompt", "the template lies where only one provider can read it"),
			ChatField.refused("top_logprobs", "more than none"),
			ChatField.refused("include", "message.output_text.logprobs; anything else is dropped"),
			ChatField.refused("moderation", "the answer would not tell its verdict"),
			ChatField.dropped("store", "nothing is kept, and there is no endpoint to ask for it"),
			ChatField.dropped("context_management", "the input is told as it is"),
			ChatField.dropped("truncation", "an input that is too long is an error"),
			ChatField.dropped("metadata", "belongs to what is stored; the answer repeats it"),
			ChatField.dropped("service_tier", "a matter between us and the provider"),
			ChatField.dropped("prompt_cache_key", "providers of other wires find what they have cached by themselves"),
			ChatField.dropped("prompt_cache_retention", "likewise"),
			ChatField.dropped("user", "who is charged is told by the key, not by the caller"),
			ChatField.dropped("safety_identifier", "likewise"),
			ChatField.dropped("client_metadata", "what Codex says of itself"),
			ChatField.translated("input[].message", "by its role: user, assistant, system, developer"),
			ChatField.translated("input[].function_call", "calls in a row belong together"),
			ChatField.translated("input[].function_call_output",
					"results in a row belong together; pictures and files follow as the user's"),
			ChatField.translated("input[].custom_tool_call", "a call with one argument, the text"),
			ChatField.translated("input[].custom_tool_call_output", "as function_call_output"),
			ChatField.translated("input[].reasoning", "its summary, for providers that want it back"),
			ChatField.dropped("input[].reasoning.encrypted_content", "one provider can read it only"),
			ChatField.translated("input[].additional_tools", "as tools"),
			ChatField.translated("input[].tool_search_output", "the tools found, as tools"),
			ChatField.dropped("input[].tool_search_call", "the model is told of all tools"),
			ChatField.dropped("input[].web_search_call", "the answer made from it follows"),
			ChatField.dropped("input[].file_search_call", "likewise"),
			ChatField.dropped("input[].code_interpreter_call", "likewise"),
			ChatField.dropped("input[].mcp_call", "likewise"),
			ChatField.dropped("input[].mcp_list_tools", "the tools are not to be called"),
			ChatField.refused("input[].item_reference", "nothing is kept here: send the item itself"),
			ChatField.refused("input[].compaction", "one provider can read it only"),
			ChatField.translated("input[].content[].input_text", "as it is, like output_text and refusal"),
			ChatField.translated("input[].content[].input_image.image_url", "a data URL with base64, or an http URL"),
			ChatField.dropped("input[].content[].input_image.detail", "a hint"),
			ChatField.translated("input[].content[].input_audio", "wav and mp3"),
			ChatField.translated("input[].content[].input_file.file_data",
					"a data URL, or base64 alone; a text is told as text, after its name"),
			ChatField.translated("input[].content[].input_file.file_url", "passed on, where the provider fetches it"),
			ChatField.refused("input[].content[].file_id", "the file lies where only one provider can read it"));

	private static final Set<String> LEFT_OUT = Set.of("additional_tools", "tool_search_output", "tool_search_call",
			"web_search_call", "file_search_call", "code_interpreter_call", "mcp_call", "mcp_list_tools");

	private static final String LOGPROBS = "message.output_text.logprobs";

	/** What asks for nothing, though the field is there. */
	private static final Map<String, Predicate<JsonNode>> HARMLESS = Map.of("background",
			(node) -> node.isBoolean() && !node.booleanValue(), "top_logprobs",
			(node) -> node.isInt() && node.intValue() == 0, "include", ResponsesFields::isWithoutLogprobs);

	private static final RefusedFields OF_REQUEST = new RefusedFields(ALL, "", HARMLESS);

	private ResponsesFields() {
	}

	/** Refuses what the request itself must not have. */
	static void check(Fields request) {
		for (String name : List.of("previous_response_id", "conversation")) {
			if (request.node(name) != null) {
				throw RefusedRequestException.unsupported(name,
						"'" + name
								+ "' names what was said before, but nothing is kept here; send the whole 'input' with "
								+ "'store: false' instead");
			}
		}
		OF_REQUEST.check(request);
	}

	/** Refuses items that can't be left out without the answer being wrong. */
	static void checkItem(Fields item, String type) {
		if (type.equals("item_reference")) {
			throw RefusedRequestException.unsupported(item.path("type"), "'" + item.path("type")
					+ "' is 'item_reference', but nothing is kept here; send the item itself, with 'store: false'");
		}
		if (!LEFT_OUT.contains(type)) {
			throw RefusedRequestException.unsupported(item.path("type"), "'" + item.path("type")
					+ "' names an item that can't be translated for the targets of this route; leave it out");
		}
	}

	private static boolean isWithoutLogprobs(JsonNode include) {
		for (JsonNode what : include) {
			if (what.asString("").equals(LOGPROBS)) {
				return false;
			}
		}
		return include.isArray();
	}

}
