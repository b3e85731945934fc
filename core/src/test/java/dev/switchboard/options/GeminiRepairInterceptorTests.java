package dev.switchboard.options;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.switchboard.options.Wires.Relay;
import dev.switchboard.options.Wires.Spoken;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiRepairInterceptorTests {

	private final Wires wires = new Wires();

	private final Relay gemini = new Relay(new Spoken(Wires.GEMINI, this.wires.repairedGemini()));

	@AfterEach
	void close() {
		this.wires.close();
	}

	@Test
	void onlyTheLastChunkSaysWhyTheAnswerEnds() {
		this.wires.provider(Wires.GEMINI).answers("forty-two");
		List<String> reasons = stream().stream().map((chunk) -> String.valueOf(Answers.finishReason(chunk))).toList();
		assertThat(reasons).hasSizeGreaterThan(2).endsWith("STOP");
		assertThat(reasons.subList(0, reasons.size() - 1)).containsOnly("null");
	}

	@Test
	void aStreamWithoutItsEndSaysNothing() {
		this.wires.provider(Wires.GEMINI).answers("forty-two").fails(Fault.endAfterTokens(2));
		assertThat(stream()).isNotEmpty().allMatch((chunk) -> Answers.finishReason(chunk) == null);
	}

	@Test
	void aMalformedEventIsDropped() {
		this.wires.provider(Wires.GEMINI).answers("forty-two").fails(Fault.malformedEventAfterTokens(1));
		assertThat(stream().stream().map(Answers::text).collect(Collectors.joining())).isEqualTo("forty-two");
	}

	@Test
	void theFirstChunkComesBeforeTheSecondIsSent() {
		this.wires.provider(Wires.GEMINI).answers(Answer.text("forty-two").paced(Duration.ofMinutes(1)));
		ChatResponse first = this.gemini.stream(new Prompt("hi")).blockFirst(Duration.ofSeconds(20));
		assertThat(Answers.text(first)).isEqualTo("fort");
	}

	@Test
	void aBlockedAnswerSaysWhy() {
		this.wires.provider(Wires.GEMINI).answers(Answer.refusal(""));
		ChatResponse response = this.gemini.call(new Prompt("hi"));
		assertThat(Answers.finishReason(response)).isEqualTo("SAFETY");
		assertThat(Answers.text(response)).isEmpty();
		List<ChatResponse> chunks = stream();
		assertThat(Answers.finishReason(chunks.get(chunks.size() - 1))).isEqualTo("SAFETY");
	}

	@Test
	void aBlockedPromptIsAnAnswerThatSaysWhy() {
		assertThat(GeminiRepairInterceptor.repair("{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}"))
			.isEqualTo("{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"candidates\":[{\"index\":0,"
					+ "\"finishReason\":\"PROHIBITED_CONTENT\",\"content\":{\"role\":\"model\",\"parts\":[]}}],"
					+ "\"modelVersion\":\"\"}");
	}

	@Test
	void whatIsSoundOrNoAnswerIsLeftAlone() {
		for (String json : List.of(
				"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\"}],\"modelVersion\":\"m\"}",
				"{\"error\":{\"code\":503}}", "[]")) {
			assertThat(GeminiRepairInterceptor.repair(json)).isSameAs(json);
		}
	}

	private List<ChatResponse> stream() {
		return this.gemini.stream(new Prompt("hi"))
			.filter((chunk) -> !chunk.getResults().isEmpty())
			.collectList()
			.block();
	}

}
