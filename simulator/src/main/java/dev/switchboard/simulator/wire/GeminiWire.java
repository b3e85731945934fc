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
 * Google's Gemini.
 */
final class GeminiWire implements Dialect {

	private static final List<Map<String, @Nullable Object>> SAFETY_RATINGS = List
		.of(Json.object("category", "HARM_CATEGORY_DANGEROUS_CONTENT", "probability", "HIGH", "blocked", true));

	@Override
	public SimulatedWire wire() {
		return SimulatedWire.GEMINI;
	}

	@Override
	public ChatRequest read(RequestTarget target, JsonNode body) {
		return GeminiReader.read(target, body);
	}

	@Override
	public Map<String, @Nullable Object> whole(Reply reply) {
		Answer answer = reply.answer();
		List<Object> parts = new ArrayList<>();
		if (!answer.reasoning().isEmpty()) {
			parts.add(Json.object("text", answer.reasoning(), "thought", true));
		}
		if (!answer.text().isEmpty() || reply.isFiltered()) {
			parts.add(Json.object("text", answer.text()));
		}
		for (int i = 0; i < answer.toolCalls().size(); i++) {
			parts.add(call(reply, i));
		}
		return chunk(reply, parts, finish(answer));
	}

	@Override
	public Stream<Send> stream(Reply reply) {
		Answer answer = reply.answer();
		Stream<Object> thoughts = pieces(answer.reasoning(), answer)
			.map((piece) -> Json.object("text", piece, "thought", true));
		Stream<Object> text = pieces(answer.text(), answer).map((piece) -> Json.object("text", piece));
		Stream<Object> calls = IntStream.range(0, answer.toolCalls().size()).mapToObj((i) -> call(reply, i));
		Stream<Send> tokens = Stream.concat(Stream.concat(thoughts, text), calls)
			.map((part) -> Sse.data(Part.TOKEN, chunk(reply, List.of(part), null)));
		boolean empty = answer.text().isEmpty() && answer.toolCalls().isEmpty() && !reply.isFiltered();
		List<Object> rest = empty ? List.of() : List.of(Json.object("text", ""));
		return Stream.concat(tokens, Stream.of(Sse.data(Part.FRAME, chunk(reply, rest, finish(answer)))));
	}

	private static Map<String, @Nullable Object> call(Reply reply, int index) {
		ToolCall call = reply.answer().toolCalls().get(index);
		JsonNode arguments = Json.read(call.arguments());
		Map<String, @Nullable Object> function = Json.object("name", call.name(), "args",
				arguments.isObject() ? arguments : Json.object());
		if (call.id() != null) {
			function.put("id", call.id());
		}
		Map<String, @Nullable Object> part = Json.object("functionCall", function);
		if (index == 0) {
			// Of parallel calls only the first carries the signature.
			part.put("thoughtSignature", Signatures.ofCall(reply));
		}
		return part;
	}

	private static Map<String, @Nullable Object> chunk(Reply reply, List<Object> parts, @Nullable String finish) {
		Map<String, @Nullable Object> body = reply.isBlocked()
				? Json.object("promptFeedback", Json.object("blockReason", "SAFETY", "safetyRatings", SAFETY_RATINGS))
				: Json.object("candidates", List.of(candidate(reply, parts, finish)));
		if (reply.answer().usageReported()) {
			body.put("usageMetadata", usage(reply.usage(), finish != null));
		}
		body.put("modelVersion", reply.model());
		body.put("responseId", reply.id(""));
		return body;
	}

	private static Map<String, @Nullable Object> candidate(Reply reply, List<Object> parts, @Nullable String finish) {
		Map<String, @Nullable Object> candidate = Json.object("content",
				parts.isEmpty() ? Json.object("role", "model") : Json.object("parts", parts, "role", "model"));
		if (finish != null) {
			candidate.put("finishReason", finish);
		}
		candidate.put("index", 0);
		if (reply.isFiltered()) {
			candidate.put("safetyRatings", SAFETY_RATINGS);
		}
		return candidate;
	}

	private static Map<String, @Nullable Object> usage(Usage usage, boolean last) {
		Map<String, @Nullable Object> metadata = Json.object("promptTokenCount", usage.inputTokens());
		if (last) {
			// Google counts thoughts beside the candidates, not inside them.
			metadata.put("candidatesTokenCount", usage.outputTokens() - usage.reasoningTokens());
		}
		metadata.put("totalTokenCount", last ? usage.totalTokens() : usage.inputTokens());
		if (usage.cachedInputTokens() > 0) {
			metadata.put("cachedContentTokenCount", usage.cachedInputTokens());
		}
		metadata.put("promptTokensDetails",
				List.of(Json.object("modality", "TEXT", "tokenCount", usage.inputTokens())));
		if (last && usage.reasoningTokens() > 0) {
			metadata.put("thoughtsTokenCount", usage.reasoningTokens());
		}
		return metadata;
	}

	private static String finish(Answer answer) {
		return switch (answer.finishReason()) {
			case STOP, TOOL_CALLS -> "STOP";
			case LENGTH -> "MAX_TOKENS";
			case CONTENT_FILTER, PROMPT_BLOCKED -> "SAFETY";
		};
	}

	private static Stream<String> pieces(String text, Answer answer) {
		return Tokens.pieces(text, answer.chunkSize()).stream();
	}

	@Override
	public ErrorReply error(ProviderError error, String model, String requestId) {
		return GeminiErrors.reply(error, model, requestId);
	}

	@Override
	public Send errorEvent(ProviderError error, String model, String requestId) {
		return Sse.data(Part.FRAME, GeminiErrors.body(error, model));
	}

	@Override
	public Send malformedEvent() {
		return Sse.raw(Part.FRAME, "data: {\"candidates\":[{\"content\":{\"parts\":[{\"te\n\n");
	}

	@Override
	public Map<String, String> headers(String requestId) {
		return GeminiErrors.headers(requestId);
	}

}
