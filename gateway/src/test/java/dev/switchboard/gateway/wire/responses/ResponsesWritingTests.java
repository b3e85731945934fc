package dev.switchboard.gateway.wire.responses;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseStatus;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.options.Answers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written of answers and streams, as OpenAI's own library reads it. */
class ResponsesWritingTests {

	private static final AnswerHead HEAD = new AnswerHead("c1", Instant.ofEpochSecond(1700000000),
			"anthropic/claude-opus-4.7");

	private static final GatewayError ERROR = new GatewayError(502, "stream_interrupted", "It broke", null, null, "r1");

	private static final List<ToolCall> CALLS = List.of(
			new ToolCall("call_1", "function", "exec_command", "{\"cmd\":\"ls\"}"),
			new ToolCall("call_2", "function", "mcp__notes__search", "{}"),
			new ToolCall("call_3", "function", "apply_patch", "{\"input\":\"*** Begin Patch\"}"));

	@Test
	void anAnswerNamesTheCallTheModelAndWhatWasAskedFor() {
		Response response = Sdk.response(whole(answer("hello", "end_turn", List.of(), Map.of())));
		assertThat(response.id()).isEqualTo("resp_c1");
		assertThat(response.model().asString()).isEqualTo("anthropic/claude-opus-4.7");
		assertThat(response.createdAt()).isEqualTo(1700000000);
		assertThat(response.status()).contains(ResponseStatus.COMPLETED);
		assertThat(response.tools()).hasSize(5);
		assertThat(response.output()).hasSize(1);
		assertThat(response.output().get(0).asMessage().content().get(0).asOutputText().text()).isEqualTo("hello");
		assertThat(response.usage()).hasValueSatisfying((usage) -> {
			assertThat(usage.inputTokens()).isEqualTo(100);
			assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(40);
			assertThat(usage.totalTokens()).isEqualTo(120);
		});
	}

	@Test
	void callsComeAsTheCallersToolsAfterThoughtsAndText() {
		Response response = Sdk
			.response(whole(answer("Looking.", "tool_use", CALLS, Map.of(Answers.REASONING, "I need ls."))));
		assertThat(response.output()).hasSize(5);
		assertThat(response.output().get(0).asReasoning().summary().get(0).text()).isEqualTo("I need ls.");
		assertThat(response.output().get(1).isMessage()).isTrue();
		ResponseFunctionToolCall call = response.output().get(3).asFunctionCall();
		assertThat(call.name()).isEqualTo("search");
		assertThat(call.namespace()).contains("mcp__notes");
		assertThat(call.callId()).isEqualTo("call_2");
		assertThat(call.id().orElseThrow()).startsWith("fc_");
		assertThat(response.output().get(4).asCustomToolCall().input()).isEqualTo("*** Begin Patch");
		assertThat(response.status()).contains(ResponseStatus.COMPLETED);
	}

	@ParameterizedTest
	@CsvSource({ "max_tokens,max_output_tokens", "SAFETY,content_filter" })
	void anAnswerThatIsCutOffSaysWhy(String word, String reason) {
		ChatResponse answer = answer("Hel", word, List.of(), Map.of());
		for (Response response : List.of(Sdk.response(whole(answer)), Sdk.accumulate(streamed(List.of(), answer)))) {
			assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
			assertThat(response.incompleteDetails().orElseThrow().reason().orElseThrow().asString()).isEqualTo(reason);
		}
		assertThat(Sdk.types(streamed(List.of(), answer))).last().isEqualTo("response.incomplete");
	}

	@Test
	void aRefusalIsAPartOfItsOwn() {
		ChatResponse answer = answer("", "refusal", List.of(), Map.of("refusal", "I won't."));
		for (Response response : List.of(Sdk.response(whole(answer)), Sdk.accumulate(streamed(List.of(), answer)))) {
			assertThat(response.output().get(0).asMessage().content().get(0).asRefusal().refusal())
				.isEqualTo("I won't.");
			assertThat(response.status()).contains(ResponseStatus.COMPLETED);
		}
	}

	@Test
	void aTextIsStreamedFromItsFirstPieceToItsLast() {
		String stream = streamed(List.of(piece("Hel", Map.of())), answer("lo", "end_turn", List.of(), Map.of()));
		assertThat(Sdk.types(stream)).containsExactly("response.created", "response.in_progress",
				"response.output_item.added", "response.content_part.added", "response.output_text.delta",
				"response.output_text.delta", "response.output_text.done", "response.content_part.done",
				"response.output_item.done", "response.completed");
		assertThat(Sdk.events(stream).get(0).path("sequence_number").asInt()).isZero();
		assertThat(Sdk.events(stream).get(6).path("text").asString()).isEqualTo("Hello");
		assertThat(Sdk.events(stream).get(9).at("/response/usage/total_tokens").asInt()).isEqualTo(120);
	}

	@Test
	void aStreamEndsAsTheWholeAnswerWouldBe() {
		ChatResponse answer = answer("Looking.", "tool_use", CALLS, Map.of(Answers.REASONING, "I need ls."));
		List<JsonNode> events = Sdk.events(streamed(List.of(), answer));
		assertThat(events.get(events.size() - 1).path("response"))
			.isEqualTo(JsonMapper.shared().readTree(whole(answer)));
		assertThat(Sdk.accumulate(streamed(List.of(), answer))).isEqualTo(Sdk.response(whole(answer)));
	}

	@Test
	void callsAreStreamedEachWithItsPieces() {
		String stream = streamed(List.of(), answer("", "tool_use", CALLS, Map.of()));
		assertThat(Sdk.types(stream)).containsExactly("response.created", "response.in_progress",
				"response.output_item.added", "response.function_call_arguments.delta",
				"response.function_call_arguments.done", "response.output_item.done", "response.output_item.added",
				"response.function_call_arguments.delta", "response.function_call_arguments.done",
				"response.output_item.done", "response.output_item.added", "response.custom_tool_call_input.delta",
				"response.custom_tool_call_input.done", "response.output_item.done", "response.completed");
		assertThat(Sdk.events(stream).get(10).path("output_index").asInt()).isEqualTo(2);
		assertThat(Sdk.events(stream).get(12).path("input").asString()).isEqualTo("*** Begin Patch");
	}

	@Test
	void thoughtsAreStreamedOnceEvenIfTheLastChunkHasAllOfThem() {
		String stream = streamed(
				List.of(piece("", Map.of(Answers.REASONING_DELTA, "let ", Answers.REASONING, "let ")),
						piece("", Map.of(Answers.REASONING_DELTA, "me see", Answers.REASONING, "let me see"))),
				answer("42", "stop", List.of(), Map.of(Answers.REASONING, "let me see")));
		assertThat(Sdk.types(stream)).containsSubsequence("response.reasoning_summary_part.added",
				"response.reasoning_summary_text.delta", "response.reasoning_summary_text.delta",
				"response.reasoning_summary_text.done", "response.reasoning_summary_part.done",
				"response.output_item.done", "response.output_item.added", "response.output_text.delta");
		Response response = Sdk.accumulate(stream);
		assertThat(response.output()).hasSize(2);
		assertThat(response.output().get(0).asReasoning().summary().get(0).text()).isEqualTo("let me see");
	}

	@Test
	void anEmptyAnswerIsAnEmptyMessage() {
		Response response = Sdk.response(whole(answer("", "stop", List.of(), Map.of())));
		assertThat(response.output().get(0).asMessage().content().get(0).asOutputText().text()).isEmpty();
	}

	@Test
	void anErrorFailsTheResponseAndEndsTheStream() {
		StreamWriter writer = request().stream(HEAD);
		String begun = text(writer.chunk(piece("Hel", Map.of())));
		String failed = text(writer.error(ERROR));
		List<JsonNode> events = Sdk.events(begun + failed);
		JsonNode last = events.get(events.size() - 1);
		assertThat(last.path("type").asString()).isEqualTo("response.failed");
		assertThat(last.at("/response/status").asString()).isEqualTo("failed");
		assertThat(last.at("/response/error/code").asString()).isEqualTo("stream_interrupted");
		assertThat(last.at("/response/error/message").asString()).isEqualTo("It broke");
		assertThat(writer.chunk(piece("lo", Map.of()))).isEmpty();
		assertThat(writer.end(answer("", "stop", List.of(), Map.of()))).isEmpty();
		assertThat(writer.error(ERROR)).isEmpty();
	}

	@Test
	void aRateLimitIsToldByTheCodeAfterWhichCodexWaits() {
		GatewayError limit = new GatewayError(429, "provider_rate_limited", "Too many", null, null, "r");
		List<JsonNode> events = Sdk.events(text(request().stream(HEAD).error(limit)));
		assertThat(events.get(events.size() - 1).at("/response/error/code").asString())
			.isEqualTo("rate_limit_exceeded");
	}

	@Test
	void aMessageThatAProviderBeganIsGoneOnWithAndEndsWhole() {
		StreamWriter writer = request().stream(HEAD);
		String begun = """
				event: response.created
				data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_up","model":"gpt-5.4"}}

				event: response.output_item.added
				data: {"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"msg_up",\
				"type":"message","status":"in_progress","role":"assistant","content":[]}}

				event: response.content_part.added
				data: {"type":"response.content_part.added","sequence_number":2,"item_id":"msg_up","output_index":0,\
				"content_index":0,"part":{"type":"output_text","annotations":[],"text":""}}

				event: response.output_text.delta
				data: {"type":"response.output_text.delta","sequence_number":3,"item_id":"msg_up","output_index":0,\
				"content_index":0,"delta":"Hel"}

				""";
		writer.relayed(begun.getBytes(StandardCharsets.UTF_8));
		List<JsonNode> events = Sdk.events(text(writer.chunk(piece("lo", Map.of())))
				+ text(writer.end(answer("", "end_turn", List.of(), Map.of()))));
		assertThat(events).extracting((event) -> event.path("type").asString())
			.containsExactly("response.output_text.delta", "response.output_text.done", "response.content_part.done",
					"response.output_item.done", "response.completed");
		assertThat(events.get(0).path("sequence_number").asInt()).isEqualTo(4);
		assertThat(events.get(0).path("item_id").asString()).isEqualTo("msg_up");
		assertThat(events.get(1).path("text").asString()).isEqualTo("Hello");
		assertThat(events.get(4).at("/response/output")).hasSize(1);
		assertThat(events.get(4).at("/response/output/0/content/0/text").asString()).isEqualTo("Hello");
	}

	@Test
	void whatFollowsRelayedEventsGoesOnFromThem() {
		StreamWriter writer = request().stream(HEAD);
		writer.relayed(relayed());
		List<JsonNode> events = Sdk.events(text(writer.error(ERROR)));
		assertThat(events).hasSize(1);
		assertThat(events.get(0).path("sequence_number").asInt()).isEqualTo(5);
		assertThat(events.get(0).at("/response/id").asString()).isEqualTo("resp_up");
		assertThat(events.get(0).at("/response/model").asString()).isEqualTo("gpt-5.4");
		StreamWriter other = request().stream(HEAD);
		other.relayed(relayed());
		String rest = text(other.end(answer("", "tool_use", CALLS, Map.of())));
		assertThat(Sdk.events(rest).get(0).path("output_index").asInt()).isEqualTo(1);
		assertThat(Sdk.types(rest)).doesNotContain("response.created").last().isEqualTo("response.completed");
	}

	@Test
	void afterARelayedEndNothingIsWritten() {
		StreamWriter writer = request().stream(HEAD);
		writer.relayed("event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":9}\n\n"
			.getBytes(StandardCharsets.UTF_8));
		assertThat(writer.end(answer("x", "stop", List.of(), Map.of()))).isEmpty();
		assertThat(writer.error(ERROR)).isEmpty();
	}

	@Test
	void brokenRelayedEventsAreNoTrouble() {
		StreamWriter writer = request().stream(HEAD);
		writer.relayed("event: x\ndata: {\"type\":\n\ndata:\n\nevent: y".getBytes(StandardCharsets.UTF_8));
		assertThat(Sdk.types(text(writer.error(ERROR)))).last().isEqualTo("response.failed");
	}

	private static byte[] relayed() {
		return """
				event: response.created
				data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_up","model":"gpt-5.4"}}

				event: response.output_item.added
				data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_up"}}

				event: response.output_text.delta
				data: {"type":"response.output_text.delta","sequence_number":3,"output_index":0,"delta":"He"}

				event: response.output_text.delta
				data: {"type":"response.output_text.delta","sequence_number":4,"output_index":0,"delta":"l"}

				""".getBytes(StandardCharsets.UTF_8);
	}

	private static String whole(ChatResponse answer) {
		return text(request().answer(answer, HEAD));
	}

	private static String streamed(List<ChatResponse> chunks, ChatResponse last) {
		StreamWriter writer = request().stream(HEAD);
		StringBuilder stream = new StringBuilder();
		chunks.forEach((chunk) -> stream.append(text(writer.chunk(chunk))));
		return stream.append(text(writer.end(last))).toString();
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static ChatResponse answer(String text, String finishReason, List<ToolCall> calls,
			Map<String, Object> metadata) {
		return new ChatResponse(
				List.of(new Generation(message(text, calls, metadata),
						ChatGenerationMetadata.builder().finishReason(finishReason).build())),
				ChatResponseMetadata.builder().usage(new DefaultUsage(100, 20, 120, null, 40L, 0L)).build());
	}

	private static ChatResponse piece(String text, Map<String, Object> metadata) {
		return new ChatResponse(List.of(new Generation(message(text, List.of(), metadata))));
	}

	private static AssistantMessage message(String text, List<ToolCall> calls, Map<String, Object> metadata) {
		return AssistantMessage.builder().content(text).toolCalls(calls).properties(metadata).build();
	}

	private static WireRequest request() {
		return new OpenAiResponsesWire().read((ObjectNode) JsonMapper.shared().readTree(Codex.first("m")),
				ToolCallMemory.NONE);
	}

}
