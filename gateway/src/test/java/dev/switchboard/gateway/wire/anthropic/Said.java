package dev.switchboard.gateway.wire.anthropic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.options.Answers;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Answers, and chunks of them, as the engine gives them.
 */
final class Said {

	static final AnswerHead HEAD = new AnswerHead("call-1", Instant.EPOCH, "openai/gpt-5.4");

	private final Map<String, Object> metadata = new HashMap<>();

	private String text = "";

	private List<ToolCall> calls = List.of();

	private Said() {
	}

	static Said nothing() {
		return new Said();
	}

	static Said text(String text) {
		Said said = new Said();
		said.text = text;
		return said;
	}

	static Said thought(String thought) {
		return text("").thinking(thought);
	}

	Said thinking(String thought) {
		this.metadata.put(Answers.REASONING, thought);
		return this;
	}

	Said refusing(String words) {
		this.metadata.put("refusal", words);
		return this;
	}

	Said calling(String id, String name, String arguments) {
		this.calls = new ArrayList<>(this.calls);
		this.calls.add(new ToolCall(id, "function", name, arguments));
		return this;
	}

	ChatResponse chunk() {
		return response(null, null);
	}

	ChatResponse ending(String finishReason) {
		return response(finishReason, null);
	}

	ChatResponse ending(String finishReason, int input, int output, long cached, long written) {
		return response(finishReason, new DefaultUsage(input, output, input + output, null, cached, written));
	}

	private ChatResponse response(String finishReason, DefaultUsage usage) {
		AssistantMessage message = AssistantMessage.builder()
			.content(this.text)
			.properties(this.metadata)
			.toolCalls(this.calls)
			.build();
		ChatGenerationMetadata.Builder generation = ChatGenerationMetadata.builder();
		if (finishReason != null) {
			generation.finishReason(finishReason);
		}
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		if (usage != null) {
			metadata.usage(usage);
		}
		return new ChatResponse(List.of(new Generation(message, generation.build())), metadata.build());
	}

	static String utf8(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
