package dev.switchboard.gateway.wire.anthropic;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.gateway.wire.AnswerEnd;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Writes a message of the model, and the parts of one that a stream has too.
 */
final class AnthropicAnswer {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String STOP_SEQUENCE = "stop_sequence";

	private AnthropicAnswer() {
	}

	static byte[] write(ChatResponse answer, AnswerHead head, boolean showsThinking) {
		ObjectNode message = message(head);
		ArrayNode content = message.withArray("content");
		String thoughts = showsThinking ? Answers.reasoning(answer) : null;
		if (thoughts != null) {
			thinkingBlock(content.addObject()).put("thinking", thoughts);
		}
		String text = text(answer);
		if (!text.isEmpty()) {
			textBlock(content.addObject()).put("text", text);
		}
		Generation generation = answer.getResult();
		if (generation != null) {
			for (ToolCall call : generation.getOutput().getToolCalls()) {
				toolUseBlock(content.addObject(), call).set("input", input(call));
			}
		}
		message.put("stop_reason", stopReason(answer, Answers.hasToolCalls(answer)));
		message.set("usage", usage(Answers.usage(answer)));
		return MAPPER.writeValueAsBytes(message);
	}

	/** A message that has not begun: no content, no end, nothing counted. */
	static ObjectNode message(AnswerHead head) {
		ObjectNode message = MAPPER.createObjectNode();
		message.put("id", "msg_" + head.id());
		message.put("type", "message");
		message.put("role", "assistant");
		message.put("model", head.model());
		message.putArray("content");
		message.putNull("stop_reason");
		message.putNull(STOP_SEQUENCE);
		message.set("usage", usage(null));
		return message;
	}

	/** The text, or the words in which the model declined to give one. */
	static String text(ChatResponse answer) {
		String text = Answers.text(answer);
		String refusal = text.isEmpty() ? Answers.refusal(answer) : null;
		return (refusal != null) ? refusal : text;
	}

	/** No signature: nobody but Anthropic could check one. */
	static ObjectNode thinkingBlock(ObjectNode block) {
		return block.put("type", "thinking").put("thinking", "").put("signature", "");
	}

	static ObjectNode textBlock(ObjectNode block) {
		return block.put("type", "text").put("text", "");
	}

	static ObjectNode toolUseBlock(ObjectNode block, ToolCall call) {
		block.put("type", "tool_use")
			.put("id", ToolUseIds.write(call.id()))
			.put("name", call.name())
			.putObject("input");
		return block;
	}

	/**
	 * The arguments of a call. Of those that are no JSON object the caller gets what the
	 * model wrote, for the tool to refuse; nothing at all might pass for a call without
	 * arguments.
	 */
	static ObjectNode input(ToolCall call) {
		try {
			JsonNode arguments = MAPPER.readTree(call.arguments());
			if (arguments instanceof ObjectNode object) {
				return object;
			}
		}
		catch (JacksonException ex) {
			// Told below.
		}
		return MAPPER.createObjectNode().put("invalid_arguments", call.arguments());
	}

	/**
	 * Why the answer ended. Other wires don't say which stop sequence it was, and most
	 * not even that it was one.
	 */
	static String stopReason(ChatResponse last, boolean toolCalls) {
		if (STOP_SEQUENCE.equalsIgnoreCase(Answers.finishReason(last))) {
			return STOP_SEQUENCE;
		}
		return (Answers.refusal(last) != null) ? "refusal" : switch (AnswerEnd.of(last, toolCalls)) {
			case STOP -> "end_turn";
			case LENGTH -> "max_tokens";
			case TOOL_CALLS -> "tool_use";
			case REFUSED -> "refusal";
		};
	}

	/** Anthropic counts cached input apart from the rest. */
	static ObjectNode usage(@Nullable TokenUsage usage) {
		TokenUsage counted = (usage != null) ? usage : TokenUsage.NONE;
		long fresh = counted.inputTokens() - counted.cachedInputTokens() - counted.cacheWriteTokens();
		ObjectNode node = MAPPER.createObjectNode()
			.put("input_tokens", Math.max(0, fresh))
			.put("cache_creation_input_tokens", counted.cacheWriteTokens())
			.put("cache_read_input_tokens", counted.cachedInputTokens())
			.put("output_tokens", counted.outputTokens());
		if (counted.reasoningTokens() > 0) {
			node.putObject("output_tokens_details").put("thinking_tokens", counted.reasoningTokens());
		}
		return node;
	}

}
