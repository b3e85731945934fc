package dev.switchboard.gateway.wire.openai;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.switchboard.gateway.wire.Fields;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of each field of a chat completion request when a target of another wire
 * answers. A field that is neither here nor known to OpenAI is dropped.
 * <p>
 * The rule behind the table: what only hints at how, where or for whom to answer, or what
 * it may cost, is dropped; what the caller could tell from the answer to be missing or
 * other than he asked for is refused.
 */
public final class ChatFields {

	/** All fields, those of the request itself first. */
	public static final List<ChatField> ALL = List.of(
			ChatField.translated("model", "the route; the answer names the model that gave it"),
			ChatField.translated("messages", "each by its role: system, developer, user, assistant, tool"),
			ChatField.translated("stream", "as server-sent events"),
			ChatField.translated("stream_options.include_usage",
					"a last chunk with the usage, where the provider counted"),
			ChatField.dropped("stream_options.include_obfuscation", "events are as long as their content"),
			ChatField.translated("temperature", "as it is"), ChatField.translated("top_p", "as it is"),
			ChatField.translated("top_k", "as it is; not OpenAI's own, but many servers know it"),
			ChatField.translated("max_tokens", "as it is"),
			ChatField.translated("max_completion_tokens", "goes before max_tokens"),
			ChatField.translated("stop", "a text or up to four"),
			ChatField.translated("presence_penalty", "where the provider has it"),
			ChatField.translated("frequency_penalty", "where the provider has it"),
			ChatField.translated("seed", "where the provider has it; one that is too large for it is folded"),
			ChatField.translated("reasoning_effort", "none, minimal, low, medium, high, xhigh, max"),
			ChatField.translated("reasoning.effort", "OpenRouter's way to say the same"),
			ChatField.translated("reasoning.enabled", "false means an effort of none"),
			ChatField.dropped("reasoning.max_tokens", "the effort is what providers share"),
			ChatField.dropped("reasoning.exclude", "thoughts stand in a field of their own"),
			ChatField.translated("response_format", "text, json_object or json_schema"),
			ChatField.dropped("response_format.json_schema.name", "the schema says it all"),
			ChatField.dropped("response_format.json_schema.description", "the schema says it all"),
			ChatField.dropped("response_format.json_schema.strict", "a schema is always to be met"),
			ChatField.translated("tools", "functions; a tool of another type is refused"),
			ChatField.dropped("tools[].function.strict", "arguments are as good as the provider makes them"),
			ChatField.translated("tool_choice",
					"auto, none, required, one function, or allowed functions: only these are told"),
			ChatField.translated("parallel_tool_calls", "where the provider has it"),
			ChatField.refused("n", "more than one choice"), ChatField.refused("logprobs", "true"),
			ChatField.refused("top_logprobs", "more than none"), ChatField.refused("logit_bias", "any bias"),
			ChatField.refused("modalities", "anything but text"), ChatField.refused("audio", "the answer is text"),
			ChatField.refused("web_search_options", "the answer would not know the web"),
			ChatField.refused("moderation", "the answer would not tell its verdict"),
			ChatField.refused("functions", "superseded by tools"),
			ChatField.refused("function_call", "superseded by tool_choice"),
			ChatField.dropped("prediction", "only makes answers faster"), ChatField.dropped("verbosity", "a hint"),
			ChatField.dropped("service_tier", "a matter between us and the provider"),
			ChatField.dropped("prompt_cache_key", "providers of other wires find what they have cached by themselves"),
			ChatField.dropped("prompt_cache_retention", "likewise"),
			ChatField.dropped("store", "nothing is kept at the provider, and there is no endpoint to ask for it"),
			ChatField.dropped("metadata", "belongs to what is stored"),
			ChatField.dropped("user", "who is charged is told by the key, not by the caller"),
			ChatField.dropped("safety_identifier", "likewise"),
			ChatField.dropped("messages[].name", "no other wire has names of speakers"),
			ChatField.translated("messages[].content", "a text, or parts; several texts in a row become paragraphs"),
			ChatField.translated("messages[].content[].text", "as it is"),
			ChatField.translated("messages[].content[].image_url.url", "a data URL with base64, or an http URL"),
			ChatField.dropped("messages[].content[].image_url.detail", "a hint"),
			ChatField.translated("messages[].content[].input_audio", "wav and mp3"),
			ChatField.translated("messages[].content[].file.file_data",
					"a data URL, or base64 alone; a text is told as text, after its name"),
			ChatField.refused("messages[].content[].file.file_id", "the file lies where only one provider can read it"),
			ChatField.dropped("messages[].content[].cache_control", "the target's own options say what is cached"),
			ChatField.translated("messages[].refusal", "as what the assistant said"),
			ChatField.translated("messages[].reasoning_content", "for providers that want it back"),
			ChatField.translated("messages[].tool_calls",
					"functions; arguments that are no JSON object are put into one"),
			ChatField.translated("messages[].tool_call_id", "several results in a row belong together"),
			ChatField.refused("messages[].audio", "the answer lies where only one provider can hear it"),
			ChatField.refused("messages[].function_call", "superseded by tool_calls"));

	/** What asks for nothing, though the field is there. */
	private static final Map<String, Predicate<JsonNode>> HARMLESS = Map.of("n",
			(node) -> node.isInt() && node.intValue() == 1, "logprobs",
			(node) -> node.isBoolean() && !node.booleanValue(), "top_logprobs",
			(node) -> node.isInt() && node.intValue() == 0, "logit_bias", (node) -> node.isObject() && node.isEmpty(),
			"modalities", ChatFields::isTextOnly, "functions", (node) -> node.isArray() && node.isEmpty(),
			"function_call", (node) -> node.isString() && node.asString().equals("none"));

	private static final RefusedFields OF_REQUEST = new RefusedFields(ALL, "", HARMLESS);

	private static final RefusedFields OF_MESSAGE = new RefusedFields(ALL, "messages[].", Map.of());

	private ChatFields() {
	}

	/** Refuses what the request itself must not have. */
	static void checkRequest(Fields request) {
		OF_REQUEST.check(request);
	}

	/** Refuses what a message must not have. */
	static void checkMessage(Fields message) {
		OF_MESSAGE.check(message);
	}

	private static boolean isTextOnly(JsonNode modalities) {
		return modalities.isArray() && modalities.size() == 1 && modalities.get(0).isString()
				&& modalities.get(0).asString().equals("text");
	}

}
