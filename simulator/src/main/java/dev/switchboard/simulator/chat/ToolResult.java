package dev.switchboard.simulator.chat;

import java.util.Objects;

/**
 * What a tool gave back to the model.
 *
 * @param callId the identifier of the call it answers; empty where the wire has none
 * @param name the tool's name; empty where it cannot be told
 * @param text the result
 */
public record ToolResult(String callId, String name, String text) {

	public ToolResult {
		Objects.requireNonNull(callId, "callId");
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(text, "text");
	}

}
