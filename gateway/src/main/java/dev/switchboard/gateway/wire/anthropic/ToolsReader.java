package dev.switchboard.gateway.wire.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.RequestedTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.tool.ToolCallback;

/**
 * Reads the tools of a request.
 * <p>
 * Tools of Anthropic's own, such as {@code web_search_20250305}, have no schema, and
 * nobody else knows them. They are left out where there are others to work with, and
 * refused where one of them is all there is, or must be called: an answer without would
 * pretend that the model had searched, or run code.
 */
final class ToolsReader {

	private static final Logger logger = LoggerFactory.getLogger(ToolsReader.class);

	private final Map<String, ToolCallback> told = new LinkedHashMap<>();

	private final List<Fields> leftOut = new ArrayList<>();

	private ToolsReader() {
	}

	/**
	 * Reads the tools, leaving out what can't be told.
	 * @param body the request
	 * @param changes what the conversation changes in them
	 * @return the tools
	 */
	static Tools read(Fields body, ToolChanges changes) {
		ToolsReader reader = new ToolsReader();
		body.objects("tools").forEach(reader::read);
		changes.added().forEach(reader::read);
		if (!reader.leftOut.isEmpty()) {
			logger.debug("Left out tools that only Anthropic has: tools={}", reader.leftOut.size());
		}
		List<ToolCallback> told = reader.told.entrySet()
			.stream()
			.filter((tool) -> !changes.isRemoved(tool.getKey()))
			.map(Map.Entry::getValue)
			.toList();
		return new Tools(told, reader.leftOut);
	}

	private void read(Fields tool) {
		String type = tool.text("type");
		JsonNode schema = tool.node("input_schema");
		if (type != null && !type.equals("custom") && schema == null) {
			this.leftOut.add(tool);
			return;
		}
		String name = tool.requiredText("name");
		if (name.isBlank()) {
			throw RefusedRequestException.invalid(tool.path("name"), "'" + tool.path("name") + "' must not be blank");
		}
		if (schema == null || !schema.isObject()) {
			throw RefusedRequestException.invalid(tool.path("input_schema"),
					"'" + tool.path("input_schema") + "' must be an object, a JSON schema");
		}
		if (isForProgramsOnly(tool)) {
			this.leftOut.add(tool);
			return;
		}
		String description = tool.text("description");
		this.told.put(name, new RequestedTool(name, (description != null) ? description : "", schema.toString()));
	}

	/** Called by the code that Anthropic's servers run, never by the model. */
	private static boolean isForProgramsOnly(Fields tool) {
		List<String> callers = tool.texts("allowed_callers");
		return callers != null && !callers.isEmpty() && !callers.contains("direct");
	}

	/**
	 * The tools of a request.
	 *
	 * @param told those to tell the model
	 * @param leftOut those it is not told of
	 */
	record Tools(List<ToolCallback> told, List<Fields> leftOut) {

		Tools {
			told = List.copyOf(told);
			leftOut = List.copyOf(leftOut);
		}

		boolean tells(String name) {
			return this.told.stream().anyMatch((tool) -> tool.getToolDefinition().name().equals(name));
		}

	}

}
