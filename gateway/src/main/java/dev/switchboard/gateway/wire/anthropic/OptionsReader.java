package dev.switchboard.gateway.wire.anthropic;

import java.util.List;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.anthropic.ToolsReader.Tools;
import dev.switchboard.options.CommonOptions;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.options.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a request asks for beside the conversation.
 */
final class OptionsReader {

	/** Budgets up to this many tokens are a low effort, in OpenAI's words. */
	private static final int LOW_BUDGET = 4096;

	private static final int MEDIUM_BUDGET = 16384;

	private OptionsReader() {
	}

	static RouteChatOptions read(Fields body, Tools tools) {
		body.bool("stream");
		RouteChatOptions.Builder options = RouteChatOptions.builder()
			.maxTokens(maxTokens(body))
			.temperature(body.number("temperature"))
			.topP(body.number("top_p"))
			.topK(body.integer("top_k"))
			.outputSchema(outputSchema(body));
		List<String> stop = body.texts("stop_sequences");
		if (stop != null && !stop.isEmpty()) {
			options.stopSequences(stop);
		}
		if (!tools.told().isEmpty()) {
			options.toolCallbacks(tools.told());
		}
		Fields choice = body.object("tool_choice");
		refuseToolsOfAnthropic(tools);
		Boolean sequential = (choice != null) ? choice.bool("disable_parallel_tool_use") : null;
		return options
			.common(new CommonOptions((choice != null) ? toolChoice(choice, tools) : null,
					Boolean.TRUE.equals(sequential) ? Boolean.FALSE : null, effort(body), null, false))
			.build();
	}

	private static int maxTokens(Fields body) {
		Integer maxTokens = body.integer("max_tokens");
		if (maxTokens == null) {
			throw RefusedRequestException.invalid("max_tokens", "'max_tokens' is required");
		}
		if (maxTokens < 1) {
			throw RefusedRequestException.invalid("max_tokens", "'max_tokens' must be at least 1");
		}
		return maxTokens;
	}

	private static void refuseToolsOfAnthropic(Tools tools) {
		if (tools.told().isEmpty() && !tools.leftOut().isEmpty()) {
			throw unknownTool(tools.leftOut().get(0).path("type"));
		}
	}

	private static RefusedRequestException unknownTool(String path) {
		return RefusedRequestException.unsupported(path, "'" + path
				+ "' asks for a tool that only Anthropic has; leave it out, or name a target that speaks Anthropic's "
				+ "wire");
	}

	private static @Nullable ToolChoice toolChoice(Fields choice, Tools tools) {
		String type = choice.requiredText("type");
		if (tools.told().isEmpty()) {
			if (type.equals("any") || type.equals("tool")) {
				throw RefusedRequestException.invalid(choice.path("type"),
						"'" + choice.path("type") + "' demands a tool, but there are none");
			}
			return null;
		}
		return switch (type) {
			case "auto" -> ToolChoice.AUTO;
			case "any" -> ToolChoice.REQUIRED;
			case "none" -> ToolChoice.NONE;
			case "tool" -> theTool(choice, tools);
			default -> throw RefusedRequestException.invalid(choice.path("type"),
					"'" + choice.path("type") + "' must be 'auto', 'any', 'tool' or 'none'");
		};
	}

	private static ToolChoice theTool(Fields choice, Tools tools) {
		String name = choice.requiredText("name");
		if (tools.tells(name)) {
			return ToolChoice.function(name);
		}
		if (tools.leftOut().stream().anyMatch((tool) -> name.equals(tool.text("name")))) {
			throw unknownTool(choice.path("name"));
		}
		throw RefusedRequestException.invalid(choice.path("name"),
				"'" + choice.path("name") + "' names none of the request's tools");
	}

	static @Nullable String outputSchema(Fields body) {
		Fields config = body.object("output_config");
		Fields format = (config != null) ? config.object("format") : null;
		if (format == null) {
			// Where it stood before it had a place of its own.
			format = body.object("output_format");
		}
		if (format == null) {
			return null;
		}
		if (!"json_schema".equals(format.requiredText("type"))) {
			throw RefusedRequestException.unsupported(format.path("type"),
					"'" + format.path("type") + "' must be 'json_schema'");
		}
		JsonNode schema = format.node("schema");
		if (schema == null || !schema.isObject()) {
			throw RefusedRequestException.invalid(format.path("schema"),
					"'" + format.path("schema") + "' must be an object, a JSON schema");
		}
		return schema.toString();
	}

	/**
	 * How long to think, in OpenAI's words. A word for the effort says it better than a
	 * budget; one that nobody knows yet leaves it to the provider.
	 */
	private static @Nullable String effort(Fields body) {
		Fields config = body.object("output_config");
		String effort = (config != null) ? config.text("effort") : null;
		Fields thinking = body.object("thinking");
		String type = (thinking != null) ? thinking.requiredText("type") : null;
		if ("disabled".equals(type)) {
			return "none";
		}
		if (effort != null) {
			return switch (effort) {
				case "low", "medium", "high", "xhigh" -> effort;
				case "max" -> "xhigh";
				default -> null;
			};
		}
		return (thinking != null && "enabled".equals(type)) ? effortOf(thinking) : null;
	}

	private static String effortOf(Fields thinking) {
		Integer budget = thinking.integer("budget_tokens");
		if (budget == null) {
			throw RefusedRequestException.invalid(thinking.path("budget_tokens"),
					"'" + thinking.path("budget_tokens") + "' is required");
		}
		if (budget <= LOW_BUDGET) {
			return "low";
		}
		return (budget <= MEDIUM_BUDGET) ? "medium" : "high";
	}

	/**
	 * Whether the caller wants to see what the model thinks. Who said nothing may expect
	 * the text in the first block.
	 */
	static boolean showsThinking(Fields body) {
		Fields thinking = body.object("thinking");
		return thinking != null && !"disabled".equals(thinking.text("type"))
				&& !"omitted".equals(thinking.text("display"));
	}

}
