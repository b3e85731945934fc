package dev.switchboard.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.FinishReason;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.Tokens;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Send;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's responses.
 */
final class OpenAiResponsesWire implements Dialect {

	@Override
	public SimulatedWire wire() {
		return SimulatedWire.OPENAI_RESPONSES;
	}

	@Override
	public ChatRequest read(RequestTarget target, JsonNode body) {
		return OpenAiResponsesReader.read(target, body);
	}

	@Override
	public Map<String, @Nullable Object> whole(Reply reply) {
		return response(reply, ending(reply.answer()), outputs(reply).stream().map(Output::done).toList());
	}

	private static String ending(Answer answer) {
		boolean incomplete = answer.finishReason() == FinishReason.LENGTH
				|| answer.finishReason() == FinishReason.PROMPT_BLOCKED
				|| (answer.finishReason() == FinishReason.CONTENT_FILTER && !answer.refusal());
		return incomplete ? "incomplete" : "completed";
	}

	private static Map<String, @Nullable Object> response(Reply reply, String status, List<?> output) {
		Answer answer = reply.answer();
		JsonNode body = reply.request().body();
		boolean incomplete = "incomplete".equals(status);
		boolean ended = !"in_progress".equals(status);
		Map<String, @Nullable Object> response = Json.object("id", reply.id("resp_"), "object", "response",
				"created_at", reply.created(), "status", status, "background", false, "error", null,
				"incomplete_details", incomplete ? Json.object("reason", incompleteReason(answer)) : null,
				"instructions", given(body, "instructions"), "max_output_tokens", given(body, "max_output_tokens"),
				"model", reply.model(), "output", output, "parallel_tool_calls", true, "previous_response_id",
				given(body, "previous_response_id"), "reasoning", Json.object("effort", null, "summary", null), "store",
				body.path("store").asBoolean(true), "temperature", 1.0, "text",
				Json.object("format", Json.object("type", "text")), "tool_choice", "auto", "tools", List.of(), "top_p",
				1.0, "truncation", "disabled", "usage", null, "user", null, "metadata", Json.object());
		if (ended && answer.usageReported()) {
			response.put("usage", usage(reply.usage()));
		}
		return response;
	}

	private static String incompleteReason(Answer answer) {
		return (answer.finishReason() == FinishReason.LENGTH) ? "max_output_tokens" : "content_filter";
	}

	private static @Nullable Object given(JsonNode body, String name) {
		return body.has(name) ? body.get(name) : null;
	}

	private static Map<String, @Nullable Object> usage(Usage usage) {
		return Json.object("input_tokens", usage.inputTokens(), "input_tokens_details",
				Json.object("cached_tokens", usage.cachedInputTokens()), "output_tokens", usage.outputTokens(),
				"output_tokens_details", Json.object("reasoning_tokens", usage.reasoningTokens()), "total_tokens",
				usage.totalTokens());
	}

	@Override
	public Stream<Send> stream(Reply reply) {
		List<Output> outputs = outputs(reply);
		Map<String, @Nullable Object> begun = response(reply, "in_progress", List.of());
		Stream<Event> opening = Stream.of(new Event(Part.FRAME, "response.created", Json.object("response", begun)),
				new Event(Part.FRAME, "response.in_progress", Json.object("response", begun)));
		Stream<Event> content = IntStream.range(0, outputs.size())
			.mapToObj((index) -> outputs.get(index).events(index))
			.reduce(Stream.empty(), Stream::concat);
		Event closing = new Event(Part.END_MARKER, "response." + ending(reply.answer()),
				Json.object("response", whole(reply)));
		AtomicInteger sequence = new AtomicInteger();
		return Stream.concat(Stream.concat(opening, content), Stream.of(closing))
			.map((event) -> event.send(sequence.getAndIncrement()));
	}

	private static List<Output> outputs(Reply reply) {
		Answer answer = reply.answer();
		List<Output> outputs = new ArrayList<>();
		if (!answer.reasoning().isEmpty()) {
			outputs.add(new ResponsesReasoning(reply.id("rs_"), answer));
		}
		if (!answer.text().isEmpty() || (answer.toolCalls().isEmpty() && !reply.isBlocked())) {
			outputs.add(new ResponsesMessage(reply.id("msg_"), answer));
		}
		for (int i = 0; i < answer.toolCalls().size(); i++) {
			ToolCall call = answer.toolCalls().get(i);
			outputs.add(new ResponsesToolCall(reply.id("fc_" + i + "_"), reply.callId("call_", i), call, answer));
		}
		return outputs;
	}

	static Stream<String> pieces(String text, Answer answer) {
		return Tokens.pieces(text, answer.chunkSize()).stream();
	}

	@Override
	public ErrorReply error(ProviderError error, String model, String requestId) {
		return OpenAiErrors.reply(error, model, requestId);
	}

	@Override
	public Send errorEvent(ProviderError error, String model, String requestId) {
		String usual = OpenAiErrors.code(error.kind());
		String code = error.codeOr((usual != null) ? usual : "server_error");
		Map<String, @Nullable Object> response = Json.object("id", requestId, "object", "response", "status", "failed",
				"model", model, "output", List.of(), "error",
				Json.object("code", code, "message", error.messageOr(OpenAiErrors.message(error.kind(), model))));
		return Sse.named(Part.FRAME, "response.failed",
				Json.object("type", "response.failed", "sequence_number", 1000, "response", response));
	}

	@Override
	public Send malformedEvent() {
		return Sse.raw(Part.FRAME,
				"event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"del\n\n");
	}

	@Override
	public Map<String, String> headers(String requestId) {
		return OpenAiErrors.headers(requestId);
	}

	/**
	 * One item of a response's output.
	 */
	interface Output {

		Map<String, @Nullable Object> done();

		Stream<Event> events(int index);

	}

	/**
	 * An event that still lacks its number.
	 */
	record Event(Part part, String type, Map<String, @Nullable Object> fields) {

		Send send(int sequence) {
			Map<String, @Nullable Object> body = Json.object("type", this.type, "sequence_number", sequence);
			body.putAll(this.fields);
			return Sse.named(this.part, this.type, body);
		}

	}

}
