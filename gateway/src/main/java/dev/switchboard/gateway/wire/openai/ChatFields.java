package dev.switchboard.gateway.wire.openai;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.openai.ChatField.Fate;
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
			translated("model", "the route; the answer names the model that gave it"),
			translated("messages", "each by its role: system, developer, user, assistant, tool"),
			translated("stream", "as server-sent events"),
			translated("stream_options.include_usage", "a last chunk with the usage, where the provider counted"),
			dropped("stream_options.include_obfuscation", "events are as long as their content"),
			translated("temperature", "as it is"), translated("top_p", "as it is"),
			translated("top_k", "as it is; not OpenAI's own, but many servers know it"),
			translated("max_tokens", "as it is"), translated("max_completion_tokens", "goes before max_tokens"),
			translated("stop", "a text or up to four"), translated("presence_penalty", "where the provider has it"),
			translated("frequency_penalty", "where the provider has it"),
			translated("seed", "where the provider has it; one that is too large for it is folded"),
			translated("reasoning_effort", "none, minimal, low, medium, high, xhigh"),
			translated("reasoning.effort", "OpenRouter's way to say the same"),
			translated("reasoning.enabled", "false means an effort of none"),
			dropped("reasoning.max_tokens", "the effort is what providers share"),
			dropped("reasoning.exclude", "thoughts stand in a field of their own"),
			translated("response_format", "text, json_object or json_schema"),
			dropped("response_format.json_schema.name", "the schema says it all"),
			dropped("response_format.json_schema.description", "the schema says it all"),
			dropped("response_format.json_schema.strict", "a schema is always to be met"),
			translated("tools", "functions; a tool of another type is refused"),
			dropped("tools[].function.strict", "arguments are as good as the provider makes them"),
			translated("tool_choice", "auto, none, required, one function, or allowed functions: only these are told"),
			translated("parallel_tool_calls", "where the provider has it"), refused("n", "more than one choice"),
			refused("logprobs", "true"), refused("top_logprobs", "more than none"), refused("logit_bias", "any bias"),
			refused("modalities", "anything but text"), refused("audio", "the answer is text"),
			refused("web_search_options", "the answer would not know the web"),
			refused("moderation", "the answer would not tell its verdict"), refused("functions", "superseded by tools"),
			refused("function_call", "superseded by tool_choice"), dropped("prediction", "only makes answers faster"),
			dropped("verbosity", "a hint"), dropped("service_tier", "a matter between us and the provider"),
			dropped("prompt_cache_key", "providers of other wires find what they have cached by themselves"),
			dropped("prompt_cache_retention", "likewise"),
			dropped("store", "nothing is kept at the provider, and there is no endpoint to ask for it"),
			dropped("metadata", "belongs to what is stored"),
			dropped("user", "who is charged is told by the key, not by the caller"),
			dropped("safety_identifier", "likewise"), dropped("messages[].name", "no other wire has names of speakers"),
			translated("messages[].content", "a text, or parts; several texts in a row become paragraphs"),
			translated("messages[].content[].text", "as it is"),
			translated("messages[].content[].image_url.url", "a data URL with base64, or an http URL"),
			dropped("messages[].content[].image_url.detail", "a hint"),
			translated("messages[].content[].input_audio", "wav and mp3"),
			translated("messages[].content[].file.file_data",
					"a data URL, or base64 alone; a text is told as text, after its name"),
			refused("messages[].content[].file.file_id", "the file lies where only one provider can read it"),
			dropped("messages[].content[].cache_control", "the target's own options say what is cached"),
			translated("messages[].refusal", "as what the assistant said"),
			translated("messages[].reasoning_content", "for providers that want it back"),
			translated("messages[].tool_calls", "functions; arguments that are no JSON object are put into one"),
			translated("messages[].tool_call_id", "several results in a row belong together"),
			refused("messages[].audio", "the answer lies where only one provider can hear it"),
			refused("messages[].function_call", "superseded by tool_calls"));

	/** What asks for nothing, though the field is there. */
	private static final Map<String, Predicate<JsonNode>> HARMLESS = Map.of("n",
			(node) -> node.isInt() && node.intValue() == 1, "logprobs",
			(node) -> node.isBoolean() && !node.booleanValue(), "top_logprobs",
			(node) -> node.isInt() && node.intValue() == 0, "logit_bias", (node) -> node.isObject() && node.isEmpty(),
			"modalities", ChatFields::isTextOnly, "functions", (node) -> node.isArray() && node.isEmpty(),
			"function_call", (node) -> node.isString() && node.asString().equals("none"));

	private static final Set<String> OF_REQUEST = refusedIn("");

	private static final Set<String> OF_MESSAGE = refusedIn("messages[].");

	private ChatFields() {
	}

	/** Refuses what the request itself must not have. */
	static void checkRequest(Fields request) {
		for (String name : OF_REQUEST) {
			JsonNode node = request.node(name);
			if (node != null && !HARMLESS.getOrDefault(name, (any) -> false).test(node)) {
				request.refuse(Set.of(name));
			}
		}
	}

	/** Refuses what a message must not have. */
	static void checkMessage(Fields message) {
		message.refuse(OF_MESSAGE);
	}

	private static Set<String> refusedIn(String parent) {
		return ALL.stream()
			.filter((field) -> field.fate() == Fate.REFUSED && field.path().startsWith(parent))
			.map((field) -> field.path().substring(parent.length()))
			.filter((name) -> name.indexOf('.') < 0)
			.collect(Collectors.toUnmodifiableSet());
	}

	private static boolean isTextOnly(JsonNode modalities) {
		return modalities.isArray() && modalities.size() == 1 && modalities.get(0).isString()
				&& modalities.get(0).asString().equals("text");
	}

	private static ChatField translated(String path, String note) {
		return new ChatField(path, Fate.TRANSLATED, note);
	}

	private static ChatField dropped(String path, String note) {
		return new ChatField(path, Fate.DROPPED, note);
	}

	private static ChatField refused(String path, String note) {
		return new ChatField(path, Fate.REFUSED, note);
	}

}
