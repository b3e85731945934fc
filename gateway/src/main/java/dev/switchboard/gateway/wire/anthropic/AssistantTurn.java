package dev.switchboard.gateway.wire.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;

/**
 * One message of the model.
 */
final class AssistantTurn {

	private final ToolCallMemory memory;

	private final Map<String, String> toolNames;

	private final StringBuilder text = new StringBuilder();

	private final List<ToolCall> calls = new ArrayList<>();

	private Map<String, Object> remembered = Map.of();

	private boolean textLast;

	/**
	 * A turn.
	 * @param memory what is known of the calls
	 * @param toolNames the names of the tools called so far, by the calls' ids; grows
	 */
	AssistantTurn(ToolCallMemory memory, Map<String, String> toolNames) {
		this.memory = memory;
		this.toolNames = toolNames;
	}

	void read(Fields block) {
		String type = block.requiredText("type");
		switch (type) {
			case "text" -> text(block.requiredText("text"));
			case "tool_use" -> toolUse(block);
			case "compaction" -> {
				if (block.node("content") != null) {
					text(ContentBlocks.text(block, "content"));
				}
			}
			default -> {
				if (!isOfAnthropicOnly(type)) {
					throw ContentBlocks.unknown(block);
				}
				this.textLast = false;
			}
		}
	}

	/** What was for the eyes of Anthropic's models, or done by Anthropic's servers. */
	private static boolean isOfAnthropicOnly(String type) {
		return switch (type) {
			case "thinking", "redacted_thinking", "server_tool_use", "mcp_tool_use", "container_upload" -> true;
			default -> type.endsWith("_tool_result");
		};
	}

	/** A model's text that citations cut to pieces is one text. */
	void text(String piece) {
		if (!piece.isEmpty()) {
			if (!this.textLast && !this.text.isEmpty()) {
				this.text.append("\n\n");
			}
			this.text.append(piece);
			this.textLast = true;
		}
	}

	private void toolUse(Fields block) {
		String id = ToolUseIds.read(block.requiredText("id"));
		String name = block.requiredText("name");
		JsonNode input = block.node("input");
		if (input != null && !input.isObject()) {
			throw RefusedRequestException.invalid(block.path("input"),
					"'" + block.path("input") + "' must be an object");
		}
		this.calls.add(new ToolCall(id, "function", name, (input != null) ? input.toString() : "{}"));
		this.toolNames.put(id, name);
		if (this.remembered.isEmpty()) {
			this.remembered = this.memory.recall(id);
		}
		this.textLast = false;
	}

	/** Adds the message, unless nothing is left of it. */
	void addTo(List<Message> messages) {
		if (!this.text.isEmpty() || !this.calls.isEmpty()) {
			messages.add(AssistantMessage.builder()
				.content(this.text.toString())
				.properties(this.remembered)
				.toolCalls(this.calls)
				.build());
		}
	}

}
