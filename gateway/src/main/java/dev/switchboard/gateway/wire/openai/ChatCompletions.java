package dev.switchboard.gateway.wire.openai;

import java.util.List;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.gateway.wire.AnswerEnd;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Writes whole answers, and what they share with the chunks of a stream.
 */
final class ChatCompletions {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private ChatCompletions() {
	}

	static byte[] whole(ChatResponse answer, AnswerHead head) {
		ObjectNode body = envelope(id(head), "chat.completion", head.created().getEpochSecond(), head.model());
		ArrayNode choices = body.putArray("choices");
		List<Generation> generations = answer.getResults();
		for (int i = 0; i < generations.size(); i++) {
			writeChoice(choices.addObject().put("index", i), new ChatResponse(List.of(generations.get(i))));
		}
		TokenUsage usage = Answers.usage(answer);
		if (usage != null) {
			writeUsage(body.putObject("usage"), usage);
		}
		return MAPPER.writeValueAsBytes(body);
	}

	/** An answer of one generation. */
	private static void writeChoice(ObjectNode choice, ChatResponse answer) {
		ObjectNode message = choice.putObject("message").put("role", "assistant");
		List<ToolCall> calls = calls(answer);
		String text = Answers.text(answer);
		String refusal = Answers.refusal(answer);
		message.put("content", (text.isEmpty() && (!calls.isEmpty() || refusal != null)) ? null : text);
		message.put("refusal", refusal);
		String reasoning = Answers.reasoning(answer);
		if (reasoning != null) {
			message.put("reasoning_content", reasoning);
		}
		if (!calls.isEmpty()) {
			ArrayNode nodes = message.putArray("tool_calls");
			calls.forEach((call) -> writeCall(nodes.addObject(), call, call.arguments()));
		}
		choice.putNull("logprobs").put("finish_reason", finishReason(answer, !calls.isEmpty()));
	}

	/** The calls of an answer, or of a chunk of one. */
	static List<ToolCall> calls(ChatResponse answer) {
		Generation generation = answer.getResult();
		return (generation != null) ? generation.getOutput().getToolCalls() : List.of();
	}

	static void writeCall(ObjectNode node, ToolCall call, String arguments) {
		node.put("id", call.id()).put("type", "function");
		node.putObject("function").put("name", call.name()).put("arguments", arguments);
	}

	static String id(AnswerHead head) {
		return "chatcmpl-" + head.id();
	}

	static ObjectNode envelope(String id, String object, long created, @Nullable String model) {
		return MAPPER.createObjectNode()
			.put("id", id)
			.put("object", object)
			.put("created", created)
			.put("model", model);
	}

	static void writeUsage(ObjectNode node, TokenUsage usage) {
		node.put("prompt_tokens", usage.inputTokens())
			.put("completion_tokens", usage.outputTokens())
			.put("total_tokens", usage.totalTokens());
		node.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedInputTokens());
		node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
	}

	static String finishReason(ChatResponse last, boolean toolCalls) {
		return switch (AnswerEnd.of(last, toolCalls)) {
			case STOP -> "stop";
			case LENGTH -> "length";
			case TOOL_CALLS -> "tool_calls";
			case REFUSED -> "content_filter";
		};
	}

}
