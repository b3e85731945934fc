package dev.switchboard.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
 * OpenAI's chat completions.
 */
final class OpenAiChatWire implements Dialect {

	@Override
	public SimulatedWire wire() {
		return SimulatedWire.OPENAI;
	}

	@Override
	public ChatRequest read(RequestTarget target, JsonNode body) {
		return OpenAiChatReader.read(target, body);
	}

	@Override
	public Map<String, @Nullable Object> whole(Reply reply) {
		List<Object> choices = new ArrayList<>();
		for (int i = 0; i < choices(reply); i++) {
			choices.add(Json.object("index", i, "message", message(reply), "logprobs",
					logprobs(reply, reply.answer().text()), "finish_reason", finish(reply.answer())));
		}
		Map<String, @Nullable Object> body = envelope(reply, "chat.completion");
		body.put("choices", choices);
		if (reply.answer().usageReported()) {
			body.put("usage", usage(reply.usage()));
		}
		return body;
	}

	private static Map<String, @Nullable Object> message(Reply reply) {
		Answer answer = reply.answer();
		String text = (answer.refusal() || (answer.text().isEmpty() && !answer.toolCalls().isEmpty())) ? null
				: answer.text();
		Map<String, @Nullable Object> message = Json.object("role", "assistant", "content", text, "refusal",
				answer.refusal() ? answer.text() : null, "annotations", List.of());
		if (!answer.reasoning().isEmpty()) {
			message.put("reasoning_content", answer.reasoning());
		}
		if (!answer.toolCalls().isEmpty()) {
			message.put("tool_calls",
					IntStream.range(0, answer.toolCalls().size()).mapToObj((i) -> toolCall(reply, i)).toList());
		}
		return message;
	}

	private static Map<String, @Nullable Object> toolCall(Reply reply, int index) {
		ToolCall call = reply.answer().toolCalls().get(index);
		return Json.object("id", reply.callId("call_", index), "type", "function", "function",
				Json.object("name", call.name(), "arguments", call.arguments()));
	}

	@Override
	public Stream<Send> stream(Reply reply) {
		Stream<Send> choices = IntStream.range(0, choices(reply))
			.mapToObj((index) -> choice(reply, index))
			.reduce(Stream.empty(), Stream::concat);
		Stream<Send> usage = includesUsage(reply) ? Stream.of(usageChunk(reply)) : Stream.empty();
		return Stream.concat(Stream.concat(choices, usage), Stream.of(Sse.raw(Part.END_MARKER, "data: [DONE]\n\n")));
	}

	private Stream<Send> choice(Reply reply, int index) {
		Answer answer = reply.answer();
		Send opening = chunk(reply, index, Part.FRAME, Json.object("role", "assistant", "content", "", "refusal", null),
				null);
		Stream<Send> reasoning = pieces(answer.reasoning(), answer)
			.map((piece) -> token(reply, index, Json.object("reasoning_content", piece)));
		String field = answer.refusal() ? "refusal" : "content";
		Stream<Send> text = pieces(answer.text(), answer)
			.map((piece) -> token(reply, index, Json.object(field, piece)));
		Stream<Send> calls = IntStream.range(0, answer.toolCalls().size())
			.mapToObj((call) -> callChunks(reply, index, call))
			.reduce(Stream.empty(), Stream::concat);
		Send closing = chunk(reply, index, Part.FRAME, Json.object(), finish(answer));
		return Stream.of(Stream.of(opening), reasoning, text, calls, Stream.of(closing))
			.reduce(Stream.empty(), Stream::concat);
	}

	private Stream<Send> callChunks(Reply reply, int index, int call) {
		ToolCall toolCall = reply.answer().toolCalls().get(call);
		Map<String, @Nullable Object> first = Json.object("index", call, "id", reply.callId("call_", call), "type",
				"function", "function", Json.object("name", toolCall.name(), "arguments", ""));
		return Stream.concat(Stream.of(token(reply, index, Json.object("tool_calls", List.of(first)))),
				pieces(toolCall.arguments(), reply.answer())
					.map((piece) -> token(reply, index, Json.object("tool_calls",
							List.of(Json.object("index", call, "function", Json.object("arguments", piece)))))));
	}

	private static Stream<String> pieces(String text, Answer answer) {
		return Tokens.pieces(text, answer.chunkSize()).stream();
	}

	private Send token(Reply reply, int index, Map<String, @Nullable Object> delta) {
		return chunk(reply, index, Part.TOKEN, delta, null);
	}

	private Send chunk(Reply reply, int index, Part part, Map<String, @Nullable Object> delta,
			@Nullable String finish) {
		Object content = delta.get("content");
		Map<String, @Nullable Object> body = envelope(reply, "chat.completion.chunk");
		body.put("choices",
				List.of(Json.object("index", index, "delta", delta, "logprobs",
						(content instanceof String text && !text.isEmpty()) ? logprobs(reply, text) : null,
						"finish_reason", finish)));
		if (includesUsage(reply)) {
			body.put("usage", null);
		}
		return Sse.data(part, body);
	}

	private static Send usageChunk(Reply reply) {
		Map<String, @Nullable Object> body = envelope(reply, "chat.completion.chunk");
		body.put("choices", List.of());
		body.put("usage", usage(reply.usage()));
		return Sse.data(Part.FRAME, body);
	}

	private static Map<String, @Nullable Object> envelope(Reply reply, String object) {
		return Json.object("id", reply.id("chatcmpl-"), "object", object, "created", reply.created(), "model",
				reply.model(), "service_tier", "default", "system_fingerprint", "fp_simulator");
	}

	private static boolean includesUsage(Reply reply) {
		return reply.answer().usageReported()
				&& reply.request().body().path("stream_options").path("include_usage").asBoolean(false);
	}

	private static int choices(Reply reply) {
		return Math.max(1, reply.request().body().path("n").asInt(1));
	}

	private static @Nullable Object logprobs(Reply reply, String text) {
		if (!reply.request().body().path("logprobs").asBoolean(false)) {
			return null;
		}
		List<Object> tokens = new ArrayList<>();
		for (String piece : Tokens.pieces(text, Tokens.CHARACTERS)) {
			tokens.add(Json.object("token", piece, "logprob", -0.5, "bytes", null, "top_logprobs", List.of()));
		}
		return Json.object("content", tokens, "refusal", null);
	}

	private static String finish(Answer answer) {
		return switch (answer.finishReason()) {
			case STOP -> "stop";
			case LENGTH -> "length";
			case TOOL_CALLS -> "tool_calls";
			// A refusal is the model's own answer; the filter is the provider's doing.
			case CONTENT_FILTER -> answer.refusal() ? "stop" : "content_filter";
			case PROMPT_BLOCKED -> "content_filter";
		};
	}

	private static Map<String, @Nullable Object> usage(Usage usage) {
		return Json.object("prompt_tokens", usage.inputTokens(), "completion_tokens", usage.outputTokens(),
				"total_tokens", usage.totalTokens(), "prompt_tokens_details",
				Json.object("cached_tokens", usage.cachedInputTokens(), "audio_tokens", 0), "completion_tokens_details",
				Json.object("reasoning_tokens", usage.reasoningTokens(), "audio_tokens", 0,
						"accepted_prediction_tokens", 0, "rejected_prediction_tokens", 0));
	}

	@Override
	public ErrorReply error(ProviderError error, String model, String requestId) {
		return OpenAiErrors.reply(error, model, requestId);
	}

	@Override
	public Send errorEvent(ProviderError error, String model, String requestId) {
		return Sse.data(Part.FRAME, OpenAiErrors.body(error, model));
	}

	@Override
	public Send malformedEvent() {
		return Sse.raw(Part.FRAME, "data: {\"id\":\"chatcmpl-sim\",\"choices\":[{\"index\":0,\"delta\":{\"conte\n\n");
	}

	@Override
	public Map<String, String> headers(String requestId) {
		return OpenAiErrors.headers(requestId);
	}

}
