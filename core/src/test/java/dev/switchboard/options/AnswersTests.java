package dev.switchboard.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.anthropic.models.messages.Usage;
import com.openai.models.completions.CompletionUsage;
import dev.switchboard.cost.TokenUsage;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.google.genai.metadata.GoogleGenAiUsage;

import static org.assertj.core.api.Assertions.assertThat;

class AnswersTests {

	@Test
	void aPlainAnswerIsLeftAlone() {
		ChatResponse response = response(generation("hello", Map.of("reasoningContent", "")));
		assertThat(Answers.normalise(response)).isSameAs(response);
		assertThat(Answers.chunkNormaliser().normalise(response)).isSameAs(response);
		assertThat(Answers.normalise(new ChatResponse(List.of())).getResults()).isEmpty();
	}

	@Test
	void anthropicsThoughtsBecomeMetadataOfTheAnswer() {
		ChatResponse response = Answers.normalise(response(generation("hm", Map.of("signature", "sig1")),
				generation("well", Map.of("signature", "sig2")), generation("42", Map.of())));
		assertThat(response.getResults()).hasSize(1);
		assertThat(Answers.text(response)).isEqualTo("42");
		assertThat(Answers.reasoning(response)).isEqualTo("hm\n\nwell");
		assertThat(response.getResult().getOutput().getMetadata()).doesNotContainKeys("signature",
				ThinkingBlocks.METADATA);
		assertThat(Answers.finishReason(response)).isEqualTo("stop");
	}

	@Test
	void thinkingBlocksOfAToolLoopAreKeptAsTheyWere() {
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new ToolCall("toolu_1", "function", "weather", "{}")))
			.build();
		ChatResponse response = Answers
			.normalise(response(generation("h\u00e4m \"quoted\"", Map.of("signature", "sig1")),
					new Generation(AssistantMessage.builder().properties(Map.of("data", "secret")).build()),
					new Generation(asking)));
		assertThat(ThinkingBlocks.of(response.getResult().getOutput())).map(Object::toString)
			.containsExactly("{\"type\":\"thinking\",\"thinking\":\"h\u00e4m \\\"quoted\\\"\",\"signature\":\"sig1\"}",
					"{\"type\":\"redacted_thinking\",\"data\":\"secret\"}");
	}

	@Test
	void geminisPartsBecomeOneAnswer() {
		ChatResponse response = Answers
			.normalise(response(generation("hm", Map.of("isThought", true, "candidateIndex", 0)),
					generation("4", Map.of("isThought", false, "candidateIndex", 0)),
					generation("2", Map.of("isThought", false, "candidateIndex", 0)),
					generation("no", Map.of("isThought", false, "candidateIndex", 1))));
		assertThat(response.getResults()).extracting((generation) -> generation.getOutput().getText())
			.containsExactly("42", "no");
		assertThat(Answers.reasoning(response)).isEqualTo("hm");
	}

	@Test
	void severalChoicesStaySeveral() {
		ChatResponse response = Answers
			.normalise(response(generation("a", Map.of("index", 0L)), generation("b", Map.of("index", 1L))));
		assertThat(response.getResults()).extracting((generation) -> generation.getOutput().getText())
			.containsExactly("a", "b");
	}

	@Test
	void thoughtsWithoutAnAnswerLeaveItEmpty() {
		ChatResponse response = Answers.normalise(response(generation("hm", Map.of("signature", "sig"))));
		assertThat(Answers.text(response)).isEmpty();
		assertThat(Answers.reasoning(response)).isEqualTo("hm");
		assertThat(Answers.hasContent(response)).isTrue();
	}

	@Test
	void toolCallsGetIdsOfTheirOwnAndArgumentsThatAreJson() {
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new ToolCall("", "function", "a", ""), new ToolCall("", "function", "b", "{\"x\":1}"),
					new ToolCall("same", "function", "c", "{}"), new ToolCall("same", "function", "d", "{}")))
			.build();
		ChatResponse response = Answers.normalise(response(new Generation(asking)));
		List<ToolCall> calls = response.getResult().getOutput().getToolCalls();
		assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().doesNotContain("").contains("same");
		assertThat(calls).extracting(ToolCall::arguments).containsExactly("{}", "{\"x\":1}", "{}", "{}");
		assertThat(Answers.hasToolCalls(response)).isTrue();
	}

	@Test
	void thoughtsInAStreamAreNotText() {
		ChunkNormaliser normaliser = Answers.chunkNormaliser();
		ChatResponse first = normaliser.normalise(response(generation("h", Map.of("thinking", true))));
		ChatResponse second = normaliser.normalise(response(generation("m", Map.of("thinking", true))));
		ChatResponse signature = normaliser.normalise(response(generation(null, Map.of("signature", "sig"))));
		ChatResponse answer = normaliser.normalise(response(generation("42", Map.of())));
		assertThat(List.of(first, second, signature, answer)).extracting(Answers::text)
			.containsExactly("", "", "", "42");
		assertThat(Answers.reasoning(first)).isEqualTo("h");
		assertThat(Answers.reasoning(second)).isEqualTo("m");
		assertThat(second.getResult().getOutput().getMetadata()).containsEntry(Answers.REASONING, "hm")
			.doesNotContainKey("thinking");
		assertThat(Answers.hasContent(signature)).isFalse();
		assertThat(Answers.reasoning(answer)).isNull();
	}

	@Test
	void aStreamKeepsItsThinkingBlocksForItsToolCalls() {
		ChunkNormaliser normaliser = Answers.chunkNormaliser();
		for (ChatResponse chunk : List.of(response(generation("h", Map.of("thinking", true))),
				response(generation("m", Map.of("thinking", true))),
				response(generation(null, Map.of("signature", "sig"))),
				response(generation("again", Map.of("thinking", true))),
				response(generation(null, Map.of("signature", "sig2"))))) {
			normaliser.normalise(chunk);
		}
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new ToolCall("toolu_1", "function", "weather", "{}")))
			.build();
		ChatResponse last = normaliser.normalise(response(new Generation(asking)));
		assertThat(ThinkingBlocks.of(last.getResult().getOutput())).map(Object::toString)
			.containsExactly("{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"}",
					"{\"type\":\"thinking\",\"thinking\":\"again\",\"signature\":\"sig2\"}");
	}

	@Test
	void aThoughtAndAnAnswerInOneChunkAreToldApart() {
		ChatResponse chunk = Answers.chunkNormaliser()
			.normalise(response(generation("hm", Map.of("isThought", true, "candidateIndex", 0)),
					generation("42", Map.of("isThought", false, "candidateIndex", 0))));
		assertThat(Answers.text(chunk)).isEqualTo("42");
		assertThat(Answers.reasoning(chunk)).isEqualTo("hm");
	}

	@Test
	void reasoningThatEachChunkRepeatsIsToldOnce() {
		ChunkNormaliser normaliser = Answers.chunkNormaliser();
		List<ChatResponse> chunks = List.of(response(generation("", Map.of("reasoningContent", "h"))),
				response(generation("", Map.of("reasoningContent", "hm"))),
				response(generation("42", Map.of("reasoningContent", "hm"))));
		assertThat(chunks.stream().map(normaliser::normalise)).extracting(Answers::reasoning)
			.containsExactly("h", "m", null);
	}

	@Test
	void toolCallIdsAreUniqueAcrossTheChunksOfAStream() {
		ChunkNormaliser normaliser = Answers.chunkNormaliser();
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new ToolCall("0", "function", "weather", "{}")))
			.build();
		String first = normaliser.normalise(response(new Generation(asking)))
			.getResult()
			.getOutput()
			.getToolCalls()
			.get(0)
			.id();
		String second = normaliser.normalise(response(new Generation(asking)))
			.getResult()
			.getOutput()
			.getToolCalls()
			.get(0)
			.id();
		assertThat(first).isEqualTo("0");
		assertThat(second).isNotEqualTo("0").hasSize(9);
	}

	@Test
	void whatClientsSayWhereTheProviderSaidNothingIsNoFinishReason() {
		for (String none : new String[] { null, "", "_UNKNOWN", "FINISH_REASON_UNSPECIFIED" }) {
			assertThat(Answers.finishReason(ToolLoopTests.chunk("x", none))).isNull();
		}
		assertThat(Answers.finishReason(ToolLoopTests.chunk("x", "end_turn"))).isEqualTo("end_turn");
		assertThat(Answers.finishReason(new ChatResponse(List.of()))).isNull();
	}

	@Test
	void contentIsTextToolCallsOrThoughts() {
		assertThat(Answers.hasContent(new ChatResponse(List.of()))).isFalse();
		assertThat(Answers.hasContent(response(generation("", Map.of())))).isFalse();
		assertThat(Answers.hasContent(response(generation(null, Map.of("reasoningContent", ""))))).isFalse();
		assertThat(Answers.hasContent(response(generation(" ", Map.of())))).isTrue();
		assertThat(Answers.hasContent(response(generation("", Map.of("reasoningContent", "hm"))))).isTrue();
	}

	@Test
	void usageCountsCachedInputOnEveryWire() {
		Usage anthropic = Usage.builder()
			.cacheCreation(Optional.empty())
			.cacheCreationInputTokens(20L)
			.cacheReadInputTokens(300L)
			.inferenceGeo(Optional.empty())
			.inputTokens(10L)
			.outputTokens(5L)
			.outputTokensDetails(Optional.empty())
			.serverToolUse(Optional.empty())
			.serviceTier(Optional.empty())
			.build();
		assertThat(usage(new DefaultUsage(10, 5, 15, anthropic, 300L, 20L))).isEqualTo(new TokenUsage(330, 300, 20, 5));
		assertThat(usage(new DefaultUsage(330, 5, 335, Map.of(), 300L, null)))
			.isEqualTo(new TokenUsage(330, 300, 0, 5));
		assertThat(usage(new GoogleGenAiUsage(100, 5, 125, 15, 40, 5, null, null, null, null, null, null)))
			.isEqualTo(new TokenUsage(105, 40, 0, 20, 15));
	}

	@Test
	void reasoningIsNeverMoreThanTheOutput() {
		CompletionUsage openai = CompletionUsage.builder()
			.promptTokens(10)
			.completionTokens(5)
			.totalTokens(15)
			.completionTokensDetails(CompletionUsage.CompletionTokensDetails.builder().reasoningTokens(90).build())
			.build();
		assertThat(usage(new DefaultUsage(10, 5, 15, openai))).isEqualTo(new TokenUsage(10, 0, 0, 5, 5));
	}

	@Test
	void usageThatTheProviderDidNotGiveIsNone() {
		assertThat(usage(new EmptyUsage())).isNull();
		assertThat(usage(new DefaultUsage(0, 0, 0))).isNull();
		assertThat(Answers.usage(new ChatResponse(List.of()))).isNull();
	}

	@Test
	void theModelIsWhatTheProviderSaid() {
		assertThat(Answers.model(new ChatResponse(List.of(), ChatResponseMetadata.builder().model("gpt-5.4").build())))
			.isEqualTo("gpt-5.4");
		assertThat(Answers.model(new ChatResponse(List.of()))).isNull();
	}

	private static TokenUsage usage(org.springframework.ai.chat.metadata.Usage usage) {
		return Answers.usage(new ChatResponse(List.of(), ChatResponseMetadata.builder().usage(usage).build()));
	}

	private static Generation generation(String text, Map<String, Object> metadata) {
		return new Generation(AssistantMessage.builder().content(text).properties(metadata).build(),
				ChatGenerationMetadata.builder().finishReason("stop").build());
	}

	private static ChatResponse response(Generation... generations) {
		return new ChatResponse(List.of(generations));
	}

}
