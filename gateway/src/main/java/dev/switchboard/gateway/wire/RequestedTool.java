package dev.switchboard.gateway.wire;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * A tool that the caller runs himself: told to the model, never run here.
 */
public final class RequestedTool implements ToolCallback {

	private final ToolDefinition definition;

	/**
	 * A tool.
	 * @param name its name
	 * @param description what it does; may be empty
	 * @param inputSchema the JSON schema of its arguments
	 */
	public RequestedTool(String name, String description, String inputSchema) {
		this.definition = ToolDefinition.builder().name(name).description(description).inputSchema(inputSchema).build();
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return this.definition;
	}

	@Override
	public String call(String input) {
		throw new IllegalStateException("Tool '" + this.definition.name() + "' is run by the caller of the gateway");
	}

}
