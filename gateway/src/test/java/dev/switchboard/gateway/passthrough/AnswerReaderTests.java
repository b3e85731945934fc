package dev.switchboard.gateway.passthrough;

import java.nio.charset.StandardCharsets;

import dev.switchboard.cost.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerReaderTests {

	private static final String EVENTS = """
			: comment
			event: message_start
			data: {"type":"message_start","message":{"model":"m-1","usage":{"input_tokens":5,\
			"cache_read_input_tokens":7,"cache_creation_input_tokens":3,"output_tokens":1}}}

			data: {"type":"content_block_delta","delta":{"text":"\\"usage\\": {"}}

			data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9,"output_tokens_details":{"thinking_tokens":6}}}

			data: [DONE]

			""";

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 100_000 })
	void eventsAreReadHoweverTheyArrive(int piece) {
		for (String lineEnd : new String[] { "\n", "\r\n", "\r" }) {
			AnswerReader reader = AnswerReader.of("text/event-stream;charset=utf-8", null);
			int characters = read(reader, EVENTS.replace("\n", lineEnd), piece);
			AnswerFacts facts = reader.end();
			assertThat(facts.usage()).isEqualTo(new TokenUsage(15, 7, 3, 9, 6));
			assertThat(facts.model()).isEqualTo("m-1");
			assertThat(facts.finishReason()).isEqualTo("end_turn");
			assertThat(characters).isEqualTo(4 * 4);
		}
	}

	@Test
	void aLastEventWithoutAnEmptyLineCounts() {
		AnswerReader reader = AnswerReader.of("text/event-stream", null);
		read(reader, "data: {\"model\":\"m\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}", 5);
		assertThat(reader.end().usage()).isEqualTo(TokenUsage.of(1, 2));
	}

	@Test
	void anEventThatIsTooLongIsLeftOut() {
		AnswerReader reader = AnswerReader.of("text/event-stream", null);
		read(reader, "data: {\"usage\":{\"prompt_tokens\":1},\"x\":\"" + "x".repeat(2_000_000) + "\"}\n\n", 8192);
		read(reader, "data: {\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n", 8192);
		assertThat(reader.end().usage()).isEqualTo(TokenUsage.of(3, 4));
	}

	@Test
	void openAisUsageIncludesWhatWasCached() {
		assertThat(json("""
				{"id":"x","choices":[{"message":{"content":"Hi"},"finish_reason":"length"}],"model":"gpt",
				"usage":{"prompt_tokens":10,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":8},
				"completion_tokens_details":{"reasoning_tokens":2}}}""").usage())
			.isEqualTo(new TokenUsage(10, 8, 0, 3, 2));
	}

	@Test
	void responsesTellWhyTheyAreIncomplete() {
		AnswerFacts facts = json("""
				{"object":"response","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},
				"model":"gpt","usage":{"input_tokens":4,"output_tokens":5,"input_tokens_details":{"cached_tokens":2},
				"output_tokens_details":{"reasoning_tokens":9}}}""");
		assertThat(facts.finishReason()).isEqualTo("max_output_tokens");
		assertThat(facts.usage()).isEqualTo(new TokenUsage(4, 2, 0, 5, 5));
	}

	@Test
	void geminisThoughtsAndToolsAreCounted() {
		AnswerFacts facts = json("""
				{"candidates":[{"content":{},"finishReason":"STOP"}],"modelVersion":"gemini-3","usageMetadata":
				{"promptTokenCount":10,"toolUsePromptTokenCount":2,"candidatesTokenCount":3,"thoughtsTokenCount":4,
				"cachedContentTokenCount":5}}""");
		assertThat(facts.usage()).isEqualTo(new TokenUsage(12, 5, 0, 7, 4));
		assertThat(facts.model()).isEqualTo("gemini-3");
		assertThat(facts.finishReason()).isEqualTo("STOP");
	}

	@Test
	void geminisArrayOfChunksIsReadToItsEnd() {
		AnswerFacts facts = json(
				"""
						[{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":1}},
						{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":3}}]""");
		assertThat(facts.usage()).isEqualTo(TokenUsage.of(10, 3));
		assertThat(facts.finishReason()).isEqualTo("STOP");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"usage\"", "{\"usage\":5,\"model\":{},\"choices\":{}}",
			"{\"usage\":{\"prompt_tokens\":\"many\",\"completion_tokens\":-5}}", "<html>" })
	void whatIsNoAnswerTellsNothing(String body) {
		AnswerFacts facts = json(body);
		assertThat(facts.usage()).isNull();
		assertThat(facts.model()).isNull();
		assertThat(facts.finishReason()).isNull();
	}

	@Test
	void whatIsPackedIsNotLookedInto() {
		AnswerReader reader = AnswerReader.of("application/json", "gzip");
		read(reader, "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}", 100);
		assertThat(reader.end().usage()).isNull();
	}

	@Test
	void anAnswerThatIsTooLongIsNotKept() {
		AnswerReader reader = AnswerReader.of("application/json", null);
		read(reader,
				"{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2},\"x\":\"" + "x".repeat(2_000_000) + "\"}",
				8192);
		assertThat(reader.end().usage()).isNull();
	}

	private static AnswerFacts json(String body) {
		AnswerReader reader = AnswerReader.of("application/json; charset=utf-8", null);
		read(reader, body, 10);
		return reader.end();
	}

	private static int read(AnswerReader reader, String text, int piece) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int characters = 0;
		for (int i = 0; i < bytes.length; i += piece) {
			characters += reader.read(bytes, i, Math.min(piece, bytes.length - i));
		}
		return characters;
	}

}
