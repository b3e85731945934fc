package dev.switchboard.simulator.chat;

import java.util.List;
import java.util.Objects;

/**
 * One message of the conversation that a caller sent.
 *
 * @param role who speaks
 * @param text all its text, parts joined; empty when there is none
 * @param toolCalls the tool calls it carries
 * @param toolResults the tool results it carries
 */
public record ChatMessage(Role role, String text, List<ToolCall> toolCalls, List<ToolResult> toolResults) {

	public ChatMessage {
		Objects.requireNonNull(role, "role");
		Objects.requireNonNull(text, "text");
		toolCalls = List.copyOf(toolCalls);
		toolResults = List.copyOf(toolResults);
	}

	/**
	 * A message of text alone.
	 * @param role who speaks
	 * @param text the text
	 * @return the message
	 */
	public static ChatMessage text(Role role, String text) {
		return new ChatMessage(role, text, List.of(), List.of());
	}

	/**
	 * A message of tool results alone.
	 * @param results the results
	 * @return the message
	 */
	public static ChatMessage results(List<ToolResult> results) {
		return new ChatMessage(Role.TOOL, "", List.of(), results);
	}

}
