package dev.switchboard.gateway.wire.openai;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.openai.models.chat.completions.ChatCompletion;
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
class ChatWritingTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final AnswerHead HEAD = new AnswerHead("c1", Instant.ofEpochSecond(1700000000),
			"anthropic/claude-opus-4.7");

	private static final GatewayError ERROR = new GatewayError(502, "stream_interrupted", "It broke", null, null, "r1");

	@Test
	void anAnswerNamesTheCallAndTheModel() {
		byte[] body = request("").answer(answer("hello", "end_turn", List.of(), Map.of()), HEAD);
		ChatCompletion completion = Sdk.completion(body);
		assertThat(completion.id()).isEqualTo("chatcmpl-c1");
		assertThat(completion.created()).isEqualTo(1700000000);
		assertThat(completion.model()).isEqualTo("anthropic/claude-opus-4.7");
		assertThat(completion.choices()).hasSize(1);
		assertThat(completion.choices().get(0).message().content()).contains("hello");
		assertThat(completion.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
		assertThat(completion.usage()).isEmpty();
		assertThat(MAPPER.readTree(body).at("/choices/0/message").has("annotations")).isFalse();
	}

	@Test
	void usageCountsCachedInputAmongTheInput() {
		ChatResponse answer = new ChatResponse(answer("x", "stop", List.of(), Map.of()).getResults(),
				ChatResponseMetadata.builder().usage(new DefaultUsage(100, 20, 120, null, 40L, 0L)).build());
		ChatCompletion completion = Sdk.completion(request("").answer(answer, HEAD));
		assertThat(completion.usage()).hasValueSatisfying((usage) -> {
			assertThat(usage.promptTokens()).isEqualTo(100);
			assertThat(usage.completionTokens()).isEqualTo(20);
			assertThat(usage.totalTokens()).isEqualTo(120);
			assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains(40L);
		});
	}

	@Test
	void toolCallsComeWithoutContentButWithTheThoughtsBeforeThem() {
		JsonNode body = MAPPER
			.readTree(request("").answer(answer("", "tool_use", calls(), Map.of(Answers.REASONING, "hm")), HEAD));
		assertThat(body.at("/choices/0/message/content").isNull()).isTrue();
		assertThat(body.at("/choices/0/message/reasoning_content").asString()).isEqualTo("hm");
		assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
		ChatCompletion.Choice choice = Sdk.completion(MAPPER.writeValueAsBytes(body)).choices().get(0);
		assertThat(choice.message().toolCalls().orElseThrow()).extracting((call) -> call.asFunction().id())
			.containsExactly("call_1", "call_2");
		assertThat(choice.message().toolCalls().orElseThrow().get(0).asFunction().function().arguments())
			.isEqualTo("{\"a\":1}");
	}

	@Test
	void aRefusalStandsInItsOwnField() {
		ChatCompletion completion = Sdk
			.completion(request("").answer(answer("", "refusal", List.of(), Map.of("refusal", "I won't.")), HEAD));
		assertThat(completion.choices().get(0).message().refusal()).contains("I won't.");
		assertThat(completion.choices().get(0).message().content()).isEmpty();
		assertThat(completion.choices().get(0).finishReason())
			.isEqualTo(ChatCompletion.Choice.FinishReason.CONTENT_FILTER);
	}

	@ParameterizedTest
	@CsvSource({ "end_turn,stop", "STOP,stop", "max_tokens,length", "MAX_TOKENS,length", "SAFETY,content_filter",
			"something_new,stop" })
	void finishReasonsAreOpenAisOwn(String word, String expected) {
		JsonNode body = MAPPER.readTree(request("").answer(answer("x", word, List.of(), Map.of()), HEAD));
		assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo(expected);
	}

	@Test
	void eachGenerationIsAChoice() {
		ChatResponse two = new ChatResponse(List.of(answer("a", "stop", List.of(), Map.of()).getResult(),
				answer("b", "stop", calls(), Map.of()).getResult()));
		ChatCompletion completion = Sdk.completion(request("").answer(two, HEAD));
		assertThat(completion.choices()).extracting(ChatCompletion.Choice::index).containsExactly(0L, 1L);
		assertThat(completion.choices().get(1).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
	}

	@Test
	void aStreamIsRoleThenContentThenOneFinishReasonThenDone() {
		StreamWriter writer = request("").stream(HEAD);
		String stream = Sdk.text(writer.chunk(piece("Hel", Map.of()))) + Sdk.text(writer.chunk(piece("lo", Map.of())))
				+ Sdk.text(writer.end(last("!", "end_turn")));
		List<JsonNode> chunks = Sdk.chunks(stream);
		assertThat(chunks.get(0).at("/choices/0/delta").toString())
			.isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
		assertThat(chunks).extracting((chunk) -> chunk.at("/choices/0/delta/content").asString(""))
			.containsExactly("", "Hel", "lo", "!", "");
		assertThat(chunks).extracting((chunk) -> chunk.at("/choices/0/finish_reason").asString(null))
			.containsExactly(null, null, null, null, "stop");
		assertThat(chunks).noneMatch((chunk) -> chunk.has("usage"));
		assertThat(chunks).allMatch((chunk) -> chunk.path("id").asString().equals("chatcmpl-c1")
				&& chunk.path("object").asString().equals("chat.completion.chunk"));
		assertThat(stream).endsWith("data: [DONE]\n\n");
		assertThat(Sdk.accumulate(stream).choices().get(0).message().content()).contains("Hello!");
	}

	@Test
	void usageIsTheLastChunkAndOnlyIfAskedFor() {
		StreamWriter writer = request("\"stream_options\":{\"include_usage\":true}").stream(HEAD);
		String stream = Sdk.text(writer.chunk(piece("Hi", Map.of()))) + Sdk.text(writer.end(last("", "end_turn")));
		List<JsonNode> chunks = Sdk.chunks(stream);
		assertThat(chunks.subList(0, chunks.size() - 1))
			.allMatch((chunk) -> chunk.has("usage") && chunk.path("usage").isNull());
		JsonNode usage = chunks.get(chunks.size() - 1);
		assertThat(usage.path("choices").isArray() && usage.path("choices").isEmpty()).isTrue();
		assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
		assertThat(Sdk.accumulate(stream).usage().orElseThrow().totalTokens()).isEqualTo(5);
	}

	@Test
	void parallelToolCallsEachHaveTheirIndexThenTheirArguments() {
		StreamWriter writer = request("").stream(HEAD);
		String stream = Sdk
			.text(writer.chunk(new ChatResponse(List.of(new Generation(message("", calls(), Map.of()))))))
				+ Sdk.text(writer.end(last("", "tool_use")));
		List<JsonNode> chunks = Sdk.chunks(stream);
		assertThat(chunks.get(1).at("/choices/0/delta/tool_calls/0")).isEqualTo(MAPPER.readTree("""
				{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}"""));
		assertThat(chunks.get(2).at("/choices/0/delta/tool_calls/0")).isEqualTo(MAPPER.readTree("""
				{"index":0,"function":{"arguments":"{\\"a\\":1}"}}"""));
		assertThat(chunks.get(3).at("/choices/0/delta/tool_calls/0/index").asInt()).isEqualTo(1);
		ChatCompletion.Choice choice = Sdk.accumulate(stream).choices().get(0);
		assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
		assertThat(choice.message().toolCalls().orElseThrow())
			.extracting((call) -> call.asFunction().function().arguments())
			.containsExactly("{\"a\":1}", "{}");
	}

	@Test
	void thoughtsAreStreamedOnceEvenIfTheLastChunkHasAllOfThem() {
		StreamWriter writer = request("").stream(HEAD);
		String stream = Sdk
			.text(writer.chunk(piece("", Map.of(Answers.REASONING_DELTA, "let ", Answers.REASONING, "let "))))
				+ Sdk.text(writer
					.chunk(piece("", Map.of(Answers.REASONING_DELTA, "me see", Answers.REASONING, "let me see"))))
				+ Sdk.text(writer.end(new ChatResponse(
						List.of(new Generation(message("42", List.of(), Map.of(Answers.REASONING, "let me see")),
								ChatGenerationMetadata.builder().finishReason("stop").build())))));
		assertThat(thoughts(stream)).isEqualTo("let me see");
	}

	@Test
	void anErrorEndsAStreamWithoutDone() {
		StreamWriter writer = request("").stream(HEAD);
		writer.chunk(piece("Hel", Map.of()));
		String error = Sdk.text(writer.error(ERROR));
		assertThat(Sdk.data(error)).hasSize(1);
		assertThat(Sdk.chunks(error).get(0).at("/error/code").asString()).isEqualTo("stream_interrupted");
		assertThat(writer.chunk(piece("lo", Map.of()))).isEmpty();
		assertThat(writer.end(last("", "stop"))).isEmpty();
		assertThat(writer.error(ERROR)).isEmpty();
	}

	@Test
	void whatFollowsRelayedChunksGoesOnFromThem() {
		StreamWriter writer = request("\"stream_options\":{\"include_usage\":true}").stream(HEAD);
		String relayed = """
				: PROCESSING

				data: {"id":"","object":"chat.completion.chunk","created":0,"model":"","choices":[],"usage":null}

				data: {"id":"chatcmpl-up","object":"chat.completion.chunk","created":5,"model":"gpt-5.4","choices":[\
				{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}

				data:{"id":"chatcmpl-up","object":"chat.completion.chunk","created":5,"model":"gpt-5.4","choices":[\
				{"index":0,"delta":{"content":"Hel \\"finish_reason\\":\\"stop\\""},"finish_reason": null}],"usage": null}

				""";
		writer.relayed(relayed.getBytes(StandardCharsets.UTF_8));
		List<JsonNode> chunks = Sdk
			.chunks(Sdk.text(writer.chunk(piece("lo", Map.of()))) + Sdk.text(writer.end(last("", "stop"))));
		assertThat(chunks).hasSize(3);
		assertThat(chunks).allMatch((chunk) -> chunk.path("id").asString().equals("chatcmpl-up")
				&& chunk.path("created").asLong() == 5 && chunk.path("model").asString().equals("gpt-5.4"));
		assertThat(chunks.get(0).at("/choices/0/delta").toString()).isEqualTo("{\"content\":\"lo\"}");
		assertThat(chunks.get(1).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
	}

	@Test
	void aRelayedFinishReasonIsNotToldAgain() {
		StreamWriter writer = request("").stream(HEAD);
		writer.relayed(
				"""
						data: {"id":"u","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"x"}}]}\r
						\r
						data: {"id":"u","created":5,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\r
						\r
						"""
					.getBytes(StandardCharsets.UTF_8));
		assertThat(Sdk.text(writer.end(last("x", "stop")))).isEqualTo("data: [DONE]\n\n");
	}

	@Test
	void afterARelayedEndMarkerNothingIsWritten() {
		StreamWriter writer = request("").stream(HEAD);
		writer.relayed("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
		assertThat(writer.end(last("x", "stop"))).isEmpty();
		assertThat(writer.error(ERROR)).isEmpty();
	}

	@Test
	void toolCallsAfterRelayedOnesAreCountedOn() {
		StreamWriter writer = request("").stream(HEAD);
		writer.relayed("""
				data: {"id":"u","choices":[{"index":0,"delta":{"role":"assistant"}}]}

				data: {"id":"u","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"c","type":"function"}]}}]}

				""".getBytes(StandardCharsets.UTF_8));
		List<JsonNode> chunks = Sdk
			.chunks(Sdk.text(writer.chunk(new ChatResponse(List.of(new Generation(message("", calls(), Map.of())))))));
		assertThat(chunks.get(0).at("/choices/0/delta/tool_calls/0/index").asInt()).isEqualTo(2);
	}

	@Test
	void brokenRelayedEventsAreNoTrouble() {
		StreamWriter writer = request("").stream(HEAD);
		writer.relayed("data: {\"id\":\"u\",\"choices\":[{\n\ndata:\n\nevent: x".getBytes(StandardCharsets.UTF_8));
		assertThat(Sdk.chunks(Sdk.text(writer.chunk(piece("x", Map.of()))))).hasSize(2);
	}

	private static String thoughts(String stream) {
		return Sdk.chunks(stream)
			.stream()
			.map((chunk) -> chunk.at("/choices/0/delta/reasoning_content").asString(""))
			.collect(Collectors.joining());
	}

	private static List<ToolCall> calls() {
		return List.of(new ToolCall("call_1", "function", "f", "{\"a\":1}"),
				new ToolCall("call_2", "function", "g", "{}"));
	}

	private static ChatResponse answer(String text, String finishReason, List<ToolCall> calls,
			Map<String, Object> metadata) {
		return new ChatResponse(List.of(new Generation(message(text, calls, metadata),
				ChatGenerationMetadata.builder().finishReason(finishReason).build())));
	}

	private static ChatResponse piece(String text, Map<String, Object> metadata) {
		return new ChatResponse(List.of(new Generation(message(text, List.of(), metadata))));
	}

	private static ChatResponse last(String text, String finishReason) {
		return new ChatResponse(answer(text, finishReason, List.of(), Map.of()).getResults(),
				ChatResponseMetadata.builder().usage(new DefaultUsage(3, 2)).build());
	}

	private static AssistantMessage message(String text, List<ToolCall> calls, Map<String, Object> metadata) {
		return AssistantMessage.builder().content(text).toolCalls(calls).properties(metadata).build();
	}

	private static WireRequest request(String fields) {
		String json = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + (fields.isEmpty() ? "" : "," + fields)
				+ "}";
		return new OpenAiChatWire().read((ObjectNode) MAPPER.readTree(json), ToolCallMemory.NONE);
	}

}
