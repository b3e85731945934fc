package dev.switchboard.gateway.wire.openai;

import java.util.List;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.options.CommonOptions;
import dev.switchboard.options.RouteChatOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a request asks for beside the conversation.
 */
final class ChatOptionsReader {

	private static final int MAX_STOPS = 4;

	private ChatOptionsReader() {
	}

	static RouteChatOptions read(Fields request) {
		request.bool("stream");
		RouteChatOptions.Builder options = RouteChatOptions.builder()
			.temperature(request.number("temperature"))
			.topP(request.number("top_p"))
			.topK(request.integer("top_k"))
			.presencePenalty(request.number("presence_penalty"))
			.frequencyPenalty(request.number("frequency_penalty"))
			.maxTokens(maxTokens(request));
		List<String> stops = stops(request);
		if (!stops.isEmpty()) {
			options.stopSequences(stops);
		}
		ChatTools tools = ChatTools.read(request);
		if (!tools.tools().isEmpty()) {
			options.toolCallbacks(tools.tools());
		}
		boolean jsonObject = readFormat(request, options);
		return options
			.common(new CommonOptions(tools.choice(), tools.parallel(), effort(request), seed(request), jsonObject))
			.build();
	}

	private static @Nullable Integer maxTokens(Fields request) {
		Integer older = OpenAiTerms.positive(request, "max_tokens");
		Integer newer = OpenAiTerms.positive(request, "max_completion_tokens");
		return (newer != null) ? newer : older;
	}

	private static List<String> stops(Fields request) {
		List<String> stops = request.texts("stop");
		if (stops == null) {
			return List.of();
		}
		if (stops.size() > MAX_STOPS) {
			throw RefusedRequestException.invalid("stop", "'stop' must have at most " + MAX_STOPS + " texts");
		}
		return stops;
	}

	/**
	 * A seed is any number of 64 bits here and of 32 elsewhere; the same stays the same.
	 */
	private static @Nullable Integer seed(Fields request) {
		JsonNode seed = request.node("seed");
		if (seed == null) {
			return null;
		}
		if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
			throw RefusedRequestException.invalid("seed", "'seed' must be a whole number of 64 bits");
		}
		long number = seed.longValue();
		return (number == (int) number) ? (int) number : Long.hashCode(number);
	}

	private static @Nullable String effort(Fields request) {
		String effort = OpenAiTerms.effort(request, "reasoning_effort");
		Fields reasoning = request.object("reasoning");
		if (effort != null || reasoning == null) {
			return effort;
		}
		effort = OpenAiTerms.effort(reasoning, "effort");
		return (effort == null && Boolean.FALSE.equals(reasoning.bool("enabled"))) ? "none" : effort;
	}

	private static boolean readFormat(Fields request, RouteChatOptions.Builder options) {
		Fields format = request.object("response_format");
		String type = (format != null) ? format.requiredText("type") : "text";
		if (format == null || type.equals("text")) {
			return false;
		}
		switch (type) {
			case "json_object" -> {
				return true;
			}
			case "json_schema" -> {
				options.outputSchema(OpenAiTerms.schema(format.requiredObject(type)));
				return false;
			}
			default -> throw RefusedRequestException.unsupported(format.path("type"),
					"'" + format.path("type") + "' must be 'text', 'json_object' or 'json_schema'");
		}
	}

}
