package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** A tool whose input schema has its definitions where they are referred to. */
final class InlinedTool implements ToolCallback {

	private final ToolCallback tool;

	private final ToolDefinition definition;

	private InlinedTool(ToolCallback tool, ToolDefinition definition) {
		this.tool = tool;
		this.definition = definition;
	}

	/** The tools, with those replaced whose schemas have references. */
	static List<ToolCallback> replaceIn(List<ToolCallback> tools) {
		List<ToolCallback> replaced = null;
		for (int i = 0; i < tools.size(); i++) {
			ToolDefinition definition = tools.get(i).getToolDefinition();
			if (SchemaRefs.isIn(definition.inputSchema())) {
				String schema = SchemaRefs.inline(definition.inputSchema());
				if (schema != null) {
					replaced = (replaced != null) ? replaced : new ArrayList<>(tools);
					replaced.set(i,
							new InlinedTool(tools.get(i),
									ToolDefinition.builder()
										.name(definition.name())
										.description(definition.description())
										.inputSchema(schema)
										.build()));
				}
			}
		}
		return (replaced != null) ? replaced : tools;
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return this.definition;
	}

	@Override
	public ToolMetadata getToolMetadata() {
		return this.tool.getToolMetadata();
	}

	@Override
	public String call(String input) {
		return this.tool.call(input);
	}

	@Override
	public String call(String input, @Nullable ToolContext context) {
		return this.tool.call(input, context);
	}

}
