package dev.switchboard.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.Tokens;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Send;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Anthropic's messages.
 */
final class AnthropicMessagesWire implements Dialect {

	@Override
	public SimulatedWire wire() {
		return SimulatedWire.ANTHROPIC;
	}

	@Override
	public ChatRequest read(RequestTarget target, JsonNode body) {
		return AnthropicReader.read(target, body);
	}

	@Override
	public Map<String, @Nullable Object> whole(Reply reply) {
		Answer answer = reply.answer();
		List<Object> content = new ArrayList<>();
		if (!answer.reasoning().isEmpty()) {
			content.add(Json.object("type", "thinking", "thinking", shownReasoning(reply), "signature",
					Signatures.ofReasoning(answer.reasoning())));
		}
		if (hasText(reply)) {
			content.add(Json.object("type", "text", "text", answer.text()));
		}
		for (int i = 0; i < answer.toolCalls().size(); i++) {
			ToolCall call = answer.toolCalls().get(i);
			content.add(Json.object("type", "tool_use", "id", reply.callId("toolu_", i), "name", call.name(), "input",
					input(call)));
		}
		return message(reply, content, stopReason(answer), reply.usage().outputTokens());
	}

	private static boolean hasText(Reply reply) {
		return !reply.answer().text().isEmpty() || reply.isFiltered();
	}

	private static Object input(ToolCall call) {
		JsonNode input = Json.read(call.arguments());
		return input.isMissingNode() ? Json.object() : input;
	}

	private static Map<String, @Nullable Object> message(Reply reply, List<Object> content, @Nullable String stopReason,
			long outputTokens) {
		Map<String, @Nullable Object> message = Json.object("id", reply.id("msg_"), "type", "message", "role",
				"assistant", "model", reply.model(), "content", content, "stop_reason", stopReason, "stop_sequence",
				null);
		if (reply.answer().usageReported()) {
			message.put("usage", usage(reply.usage(), outputTokens));
		}
		return message;
	}

	private static Map<String, @Nullable Object> usage(Usage usage, long outputTokens) {
		// Anthropic counts cached tokens beside the input, not inside it.
		Map<String, @Nullable Object> told = Json.object("input_tokens",
				usage.inputTokens() - usage.cachedInputTokens(), "cache_creation_input_tokens", 0,
				"cache_read_input_tokens", usage.cachedInputTokens(), "cache_creation",
				Json.object("ephemeral_5m_input_tokens", 0, "ephemeral_1h_input_tokens", 0), "output_tokens",
				outputTokens, "service_tier", "standard");
		if (usage.reasoningTokens() > 0 && outputTokens >= usage.reasoningTokens()) {
			told.put("output_tokens_details", Json.object("thinking_tokens", usage.reasoningTokens()));
		}
		return told;
	}

	private static String stopReason(Answer answer) {
		return switch (answer.finishReason()) {
			case STOP -> "end_turn";
			case LENGTH -> "max_tokens";
			case TOOL_CALLS -> "tool_use";
			case CONTENT_FILTER, PROMPT_BLOCKED -> "refusal";
		};
	}

	private static String shownReasoning(Reply reply) {
		boolean omitted = "omitted".equals(Json.text(reply.request().body().path("thinking"), "display"));
		return omitted ? "" : reply.answer().reasoning();
	}

	@Override
	public Stream<Send> stream(Reply reply) {
		Answer answer = reply.answer();
		Send start = event(Part.FRAME, "message_start", "message", message(reply, List.of(), null, 1));
		Send ping = event(Part.FRAME, "ping");
		Stream<Send> closing = Stream.of(delta(reply), event(Part.END_MARKER, "message_stop"));
		List<Stream<Send>> blocks = new ArrayList<>();
		if (!answer.reasoning().isEmpty()) {
			blocks.add(thinkingBlock(reply, blocks.size()));
		}
		if (hasText(reply)) {
			blocks.add(block(blocks.size(), Json.object("type", "text", "text", ""),
					pieces(answer.text(), answer).map((piece) -> Json.object("type", "text_delta", "text", piece))));
		}
		for (int i = 0; i < answer.toolCalls().size(); i++) {
			blocks.add(toolBlock(reply, i, blocks.size()));
		}
		return Stream.concat(
				Stream.concat(Stream.of(start, ping), blocks.stream().reduce(Stream.empty(), Stream::concat)), closing);
	}

	private static Stream<Send> thinkingBlock(Reply reply, int index) {
		Stream<Map<String, @Nullable Object>> thoughts = pieces(shownReasoning(reply), reply.answer())
			.map((piece) -> Json.object("type", "thinking_delta", "thinking", piece));
		Map<String, @Nullable Object> signature = Json.object("type", "signature_delta", "signature",
				Signatures.ofReasoning(reply.answer().reasoning()));
		return block(index, Json.object("type", "thinking", "thinking", "", "signature", ""),
				Stream.concat(thoughts, Stream.of(signature)));
	}

	private static Stream<Send> toolBlock(Reply reply, int call, int index) {
		ToolCall toolCall = reply.answer().toolCalls().get(call);
		return block(index,
				Json.object("type", "tool_use", "id", reply.callId("toolu_", call), "name", toolCall.name(), "input",
						Json.object()),
				pieces(toolCall.arguments(), reply.answer())
					.map((piece) -> Json.object("type", "input_json_delta", "partial_json", piece)));
	}

	private static Stream<Send> block(int index, Map<String, @Nullable Object> start,
			Stream<Map<String, @Nullable Object>> deltas) {
		Send opening = event(Part.FRAME, "content_block_start", "index", index, "content_block", start);
		Send closing = event(Part.FRAME, "content_block_stop", "index", index);
		return Stream.concat(
				Stream.concat(Stream.of(opening),
						deltas
							.map((delta) -> event(Part.TOKEN, "content_block_delta", "index", index, "delta", delta))),
				Stream.of(closing));
	}

	private static Send delta(Reply reply) {
		Map<String, @Nullable Object> body = Json.object("type", "message_delta", "delta",
				Json.object("stop_reason", stopReason(reply.answer()), "stop_sequence", null));
		if (reply.answer().usageReported()) {
			body.put("usage", usage(reply.usage(), reply.usage().outputTokens()));
		}
		return Sse.named(Part.FRAME, "message_delta", body);
	}

	private static Send event(Part part, String type, Object... more) {
		Map<String, @Nullable Object> body = Json.object("type", type);
		for (int i = 0; i < more.length; i += 2) {
			body.put((String) more[i], more[i + 1]);
		}
		return Sse.named(part, type, body);
	}

	private static Stream<String> pieces(String text, Answer answer) {
		return Tokens.pieces(text, answer.chunkSize()).stream();
	}

	@Override
	public ErrorReply error(ProviderError error, String model, String requestId) {
		return AnthropicErrors.reply(error, model, requestId);
	}

	@Override
	public Send errorEvent(ProviderError error, String model, String requestId) {
		return Sse.named(Part.FRAME, "error", AnthropicErrors.body(error, model, requestId));
	}

	@Override
	public Send malformedEvent() {
		return Sse.raw(Part.FRAME, "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"ind\n\n");
	}

	@Override
	public Map<String, String> headers(String requestId) {
		return AnthropicErrors.headers(requestId);
	}

}
