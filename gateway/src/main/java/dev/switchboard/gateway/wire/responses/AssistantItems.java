package dev.switchboard.gateway.wire.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.openai.TextContent;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;

/**
 * The items of one turn of the assistant, until it ends and becomes a message.
 */
final class AssistantItems {

	private final List<ToolCall> calls = new ArrayList<>();

	private String text = "";

	private String thoughts = "";

	private Map<String, Object> remembered = Map.of();

	void think(@Nullable String summary) {
		this.thoughts = TextContent.join(this.thoughts, summary);
	}

	void say(String piece) {
		this.text = TextContent.join(this.text, piece);
	}

	/**
	 * Whether a text is another message than what was said before. Between calls and
	 * their results no message may stand, so that it belongs to them.
	 * @param piece the text
	 * @return whether it is
	 */
	boolean isOtherText(String piece) {
		return !piece.isEmpty() && !this.text.isEmpty() && this.calls.isEmpty();
	}

	void call(ToolCall call, ToolCallMemory memory) {
		this.calls.add(call);
		if (this.remembered.isEmpty()) {
			this.remembered = memory.recall(call.id());
		}
	}

	/** Adds the message, unless nothing but thoughts would be in it. */
	void end(List<Message> messages) {
		if (!this.text.isEmpty() || !this.calls.isEmpty()) {
			Map<String, Object> metadata = new HashMap<>(this.remembered);
			if (!this.thoughts.isEmpty()) {
				metadata.putIfAbsent(Answers.REASONING, this.thoughts);
			}
			messages.add(AssistantMessage.builder()
				.content(this.text)
				.properties(metadata)
				.toolCalls(List.copyOf(this.calls))
				.build());
		}
		this.calls.clear();
		this.text = "";
		this.thoughts = "";
		this.remembered = Map.of();
	}

}
