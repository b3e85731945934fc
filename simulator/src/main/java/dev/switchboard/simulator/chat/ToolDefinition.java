package dev.switchboard.simulator.chat;

import java.util.Objects;

import tools.jackson.databind.JsonNode;

/**
 * A tool that the caller offers to the model.
 *
 * @param name the tool's name
 * @param schema the JSON schema of its arguments; a missing node when none was given
 */
public record ToolDefinition(String name, JsonNode schema) {

	public ToolDefinition {
		Objects.requireNonNull(name, "A tool needs a name");
		Objects.requireNonNull(schema, "A tool's schema may be a missing node, but not null");
	}

}
