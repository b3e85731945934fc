package dev.switchboard.gateway.wire;

import java.util.Map;

/**
 * What an answer said of a tool call that its caller's wire could not carry: who asked
 * for it, with which thoughts and signatures.
 */
@FunctionalInterface
public interface ToolCallMemory {

	/** Remembers nothing. */
	ToolCallMemory NONE = (toolCallId) -> Map.of();

	/**
	 * The metadata of the assistant message that made a call.
	 * @param toolCallId the call's identifier, as the caller gave it back
	 * @return the metadata; empty if it was forgotten, or never known
	 */
	Map<String, Object> recall(String toolCallId);

}
