package dev.switchboard.gateway.wire.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.options.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.tool.ToolCallback;

/**
 * The tools of a request, and what is said of calling them.
 *
 * @param tools the tools, none of which is run here
 * @param choice whether they may, must or must not be called; {@code null} leaves it to
 * the provider
 * @param parallel whether several may be called at once; {@code null} leaves it to the
 * provider
 */
record ChatTools(List<ToolCallback> tools, @Nullable ToolChoice choice, @Nullable Boolean parallel) {

	private static final String FUNCTION = "function";

	private static final String CHOICE = "tool_choice";

	static ChatTools read(Fields request) {
		Map<String, ToolCallback> tools = new LinkedHashMap<>();
		for (Fields tool : request.objects("tools")) {
			Fields function = functionOnly(tool).requiredObject(FUNCTION);
			String name = function.requiredText("name");
			if (tools.put(name, OpenAiTerms.function(name, function)) != null) {
				throw RefusedRequestException.invalid(function.path("name"),
						"'" + function.path("name") + "' is the name of another tool too");
			}
		}
		ToolChoice choice = choice(request, tools);
		Boolean parallel = request.bool("parallel_tool_calls");
		// Providers take it for an error to speak of calling tools where there are none.
		return tools.isEmpty() ? new ChatTools(List.of(), null, null)
				: new ChatTools(List.copyOf(tools.values()), choice, parallel);
	}

	private static @Nullable ToolChoice choice(Fields request, Map<String, ToolCallback> tools) {
		JsonNode node = request.node(CHOICE);
		if (node == null) {
			return null;
		}
		if (node.isString()) {
			return OpenAiTerms.toolChoice(node.asString(), CHOICE, !tools.isEmpty());
		}
		Fields choice = request.requiredObject(CHOICE);
		String type = choice.requiredText("type");
		return switch (type) {
			case FUNCTION -> ToolChoice.function(known(choice.requiredObject(FUNCTION), tools));
			case "allowed_tools" -> allowed(choice.requiredObject(type), tools);
			default -> throw unsupported(choice.path("type"));
		};
	}

	/** Of tools that must not be called the model need not hear. */
	private static ToolChoice allowed(Fields allowed, Map<String, ToolCallback> tools) {
		List<String> names = new ArrayList<>();
		for (Fields tool : allowed.objects("tools")) {
			names.add(known(functionOnly(tool).requiredObject(FUNCTION), tools));
		}
		ToolChoice choice = OpenAiTerms.toolChoice(allowed.requiredText("mode"), allowed.path("mode"),
				!tools.isEmpty());
		if (names.isEmpty()) {
			throw RefusedRequestException.invalid(allowed.path("tools"),
					"'" + allowed.path("tools") + "' must name at least one function");
		}
		tools.keySet().retainAll(names);
		return choice;
	}

	private static String known(Fields function, Map<String, ToolCallback> tools) {
		String name = function.requiredText("name");
		if (!tools.containsKey(name)) {
			throw RefusedRequestException.invalid(function.path("name"),
					"'" + function.path("name") + "' names none of the request's tools");
		}
		return name;
	}

	private static Fields functionOnly(Fields tool) {
		String type = tool.text("type");
		if (type != null && !type.equals(FUNCTION)) {
			throw unsupported(tool.path("type"));
		}
		return tool;
	}

	private static RefusedRequestException unsupported(String path) {
		return RefusedRequestException.unsupported(path, "'" + path
				+ "' asks for a tool that is no function, which can't be translated for the targets of this route; "
				+ "leave it out");
	}

}
