package dev.switchboard.gateway.wire.responses;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.openai.OpenAiTerms;
import dev.switchboard.options.CommonOptions;
import dev.switchboard.options.RouteChatOptions;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request asks for beside the input.
 */
final class ResponsesOptionsReader {

	private ResponsesOptionsReader() {
	}

	static RouteChatOptions read(Fields request, CallerTools tools) {
		request.bool("stream");
		RouteChatOptions.Builder options = RouteChatOptions.builder()
			.temperature(request.number("temperature"))
			.topP(request.number("top_p"))
			.maxTokens(OpenAiTerms.positive(request, "max_output_tokens"));
		Boolean parallel = request.bool("parallel_tool_calls");
		boolean hasTools = !tools.callbacks().isEmpty();
		if (hasTools) {
			options.toolCallbacks(tools.callbacks());
		}
		boolean jsonObject = readFormat(request, options);
		// Providers take it for an error to speak of calling tools where there are none.
		return options
			.common(new CommonOptions(hasTools ? tools.choice() : null, hasTools ? parallel : null, effort(request),
					null, jsonObject))
			.build();
	}

	private static @Nullable String effort(Fields request) {
		Fields reasoning = request.object("reasoning");
		return (reasoning != null) ? OpenAiTerms.effort(reasoning, "effort") : null;
	}

	private static boolean readFormat(Fields request, RouteChatOptions.Builder options) {
		Fields text = request.object("text");
		Fields format = (text != null) ? text.object("format") : null;
		if (format == null) {
			return false;
		}
		return switch (format.requiredText("type")) {
			case "text" -> false;
			case "json_object" -> true;
			case "json_schema" -> {
				options.outputSchema(OpenAiTerms.schema(format));
				yield false;
			}
			default -> throw RefusedRequestException.unsupported(format.path("type"),
					"'" + format.path("type") + "' must be 'text', 'json_object' or 'json_schema'");
		};
	}

}
