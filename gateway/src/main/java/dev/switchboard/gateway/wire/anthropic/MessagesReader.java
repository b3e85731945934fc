package dev.switchboard.gateway.wire.anthropic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * Reads a conversation: the instructions at the top, then each message in its order.
 */
final class MessagesReader {

	/**
	 * Claude Code's word to Anthropic's accounts. It changes with each request, which
	 * would keep any provider's prompt cache from hitting.
	 */
	private static final String BILLING_HEADER = "x-anthropic-billing-header:";

	private final ToolCallMemory memory;

	private final ToolChanges changes;

	private final List<Message> messages = new ArrayList<>();

	/** The names of the tools called so far, by the calls' ids. */
	private final Map<String, String> toolNames = new HashMap<>();

	MessagesReader(ToolCallMemory memory, ToolChanges changes) {
		this.memory = memory;
		this.changes = changes;
	}

	/** The conversation, at least one message. */
	List<Message> read(Fields body) {
		String instructions = instructions(body);
		List<Fields> elements = body.objects("messages");
		if (elements.isEmpty()) {
			throw RefusedRequestException.invalid("messages", "'messages' must have at least one message");
		}
		for (Fields element : elements) {
			read(element, element.requiredText("role"));
		}
		if (this.messages.isEmpty()) {
			throw RefusedRequestException.invalid("messages", "'messages' must have some content");
		}
		if (!instructions.isEmpty()) {
			this.messages.add(0, new SystemMessage(instructions));
		}
		return this.messages;
	}

	private static String instructions(Fields body) {
		if (body.node("system") == null) {
			return "";
		}
		List<Fields> blocks = ContentBlocks.of(body, "system");
		if (blocks == null) {
			return body.requiredText("system");
		}
		StringJoiner text = new StringJoiner("\n\n");
		for (Fields block : blocks) {
			String piece = ContentBlocks.textOf(block);
			if (!piece.isEmpty() && !piece.startsWith(BILLING_HEADER)) {
				text.add(piece);
			}
		}
		return text.toString();
	}

	private void read(Fields message, String role) {
		if (message.node("content") == null) {
			throw RefusedRequestException.invalid(message.path("content"),
					"'" + message.path("content") + "' is required");
		}
		List<Fields> blocks = ContentBlocks.of(message, "content");
		switch (role) {
			case "user" -> user(message, blocks);
			case "assistant" -> assistant(message, blocks);
			case "system" -> system(message, blocks);
			default -> throw RefusedRequestException.invalid(message.path("role"),
					"'" + message.path("role") + "' must be 'user', 'assistant' or 'system'");
		}
	}

	private void user(Fields message, @Nullable List<Fields> blocks) {
		if (blocks == null) {
			this.messages.add(new UserMessage(message.requiredText("content")));
			return;
		}
		UserTurn turn = new UserTurn(this.messages, this.toolNames);
		// Results come first whatever stands before them: a call waits for its answer.
		for (Fields block : blocks) {
			if ("tool_result".equals(block.requiredText("type"))) {
				turn.toolResult(block);
			}
		}
		turn.endToolResults();
		for (Fields block : blocks) {
			switch (block.requiredText("type")) {
				case "tool_result" -> {
				}
				case "mid_conv_system" -> {
					turn.end();
					addInstructions(ContentBlocks.text(block, "content"));
				}
				default -> ContentBlocks.read(block, turn);
			}
		}
		turn.end();
	}

	private void assistant(Fields message, @Nullable List<Fields> blocks) {
		AssistantTurn turn = new AssistantTurn(this.memory, this.toolNames);
		if (blocks == null) {
			turn.text(message.requiredText("content"));
		}
		else {
			blocks.forEach(turn::read);
		}
		turn.addTo(this.messages);
	}

	private void system(Fields message, @Nullable List<Fields> blocks) {
		if (blocks == null) {
			addInstructions(message.requiredText("content"));
			return;
		}
		StringJoiner text = new StringJoiner("\n\n");
		for (Fields block : blocks) {
			if (!this.changes.read(block)) {
				text.add(ContentBlocks.textOf(block));
			}
		}
		addInstructions(text.toString());
	}

	private void addInstructions(String text) {
		if (!text.isEmpty()) {
			this.messages.add(new SystemMessage(text));
		}
	}

}
