package dev.switchboard.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import tools.jackson.databind.JsonNode;

/**
 * What was read on the side of an answer, or of a part of one, while its bytes go by.
 */
final class Piece {

	private final StringBuilder text = new StringBuilder();

	private final StringBuilder reasoning = new StringBuilder();

	private @Nullable StringBuilder refusal;

	private List<ToolCall> toolCalls = List.of();

	private boolean other;

	private @Nullable String finishReason;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable DefaultUsage usage;

	void text(@Nullable JsonNode node) {
		if (node != null && node.isString()) {
			this.text.append(node.asString());
		}
	}

	void reasoning(@Nullable JsonNode node) {
		if (node != null && node.isString()) {
			this.reasoning.append(node.asString());
		}
	}

	void refusal(@Nullable JsonNode node) {
		if (node != null && node.isString() && !node.asString().isEmpty()) {
			this.refusal = (this.refusal != null) ? this.refusal : new StringBuilder();
			this.refusal.append(node.asString());
		}
	}

	void toolCall(@Nullable JsonNode callId, @Nullable JsonNode name, String arguments) {
		if (this.toolCalls.isEmpty()) {
			this.toolCalls = new ArrayList<>(2);
		}
		this.toolCalls.add(new ToolCall(string(callId), "function", string(name), arguments));
	}

	/** Content that Spring AI has no word for. */
	void other() {
		this.other = true;
	}

	void finish(@Nullable String reason) {
		if (reason != null && !reason.isEmpty()) {
			this.finishReason = reason;
		}
	}

	void finish(@Nullable JsonNode reason) {
		finish(string(reason));
	}

	boolean isFinished() {
		return this.finishReason != null;
	}

	boolean hasToolCalls() {
		return !this.toolCalls.isEmpty();
	}

	void identity(@Nullable JsonNode node, @Nullable JsonNode modelNode) {
		if (node != null && node.isString()) {
			this.id = node.asString();
		}
		if (modelNode != null && modelNode.isString()) {
			this.model = modelNode.asString();
		}
	}

	/**
	 * The tokens so far.
	 * @param input all input tokens, cached ones included
	 * @param output all output tokens, those for reasoning included
	 * @param cached those read from the provider's cache
	 * @param written those written to it
	 * @param reasoning those of the output that were reasoning, as far as it is told
	 */
	void usage(long input, long output, long cached, long written, long reasoning) {
		if (input > 0 || output > 0) {
			TokenUsage counted = new TokenUsage(input, cached, written, output, Math.min(output, reasoning));
			this.usage = new DefaultUsage((int) input, (int) output, (int) (input + output), counted, cached, written);
		}
	}

	ChatResponse toResponse(byte[] bytes) {
		Map<String, Object> properties = Map.of();
		if (!this.reasoning.isEmpty() || this.refusal != null || this.other) {
			properties = new HashMap<>(4);
			if (!this.reasoning.isEmpty()) {
				properties.put(Answers.REASONING_DELTA, this.reasoning.toString());
			}
			if (this.refusal != null) {
				properties.put("refusal", this.refusal.toString());
			}
			if (this.other) {
				properties.put(Relayed.OTHER_CONTENT, true);
			}
		}
		AssistantMessage message = AssistantMessage.builder()
			.content(this.text.toString())
			.properties(properties)
			.toolCalls(this.toolCalls)
			.build();
		ChatGenerationMetadata generation = (this.finishReason != null)
				? ChatGenerationMetadata.builder().finishReason(this.finishReason).build()
				: ChatGenerationMetadata.NULL;
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder().keyValue(Relayed.BYTES, bytes);
		if (this.id != null) {
			metadata.id(this.id);
		}
		if (this.model != null) {
			metadata.model(this.model);
		}
		if (this.usage != null) {
			metadata.usage(this.usage);
		}
		return new ChatResponse(List.of(new Generation(message, generation)), metadata.build());
	}

	private static String string(@Nullable JsonNode node) {
		return (node != null && node.isString()) ? node.asString() : "";
	}

}
