package dev.switchboard.provider;

import java.util.List;
import java.util.Map;

import dev.switchboard.provider.FinishReasons.Finish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import static org.assertj.core.api.Assertions.assertThat;

class FinishReasonsTests {

	@ParameterizedTest
	@CsvSource({ "stop, NORMAL", "STOP, NORMAL", "end_turn, NORMAL", "tool_use, NORMAL", "TOOL_CALLS, NORMAL",
			"stop_sequence, NORMAL", "pause_turn, NORMAL", "a-word-of-tomorrow, NORMAL", "length, TRUNCATED",
			"LENGTH, TRUNCATED", "max_tokens, TRUNCATED", "MAX_TOKENS, TRUNCATED",
			"model_context_window_exceeded, TRUNCATED", "content_filter, REFUSED", "CONTENT_FILTER, REFUSED",
			"refusal, REFUSED", "SAFETY, REFUSED", "PROHIBITED_CONTENT, REFUSED", "RECITATION, REFUSED",
			"BLOCKLIST, REFUSED", "SPII, REFUSED", "IMAGE_SAFETY, REFUSED", "sensitive, REFUSED", "OTHER, BROKEN",
			"MALFORMED_FUNCTION_CALL, BROKEN", "error, BROKEN", "insufficient_system_resource, BROKEN",
			"_UNKNOWN, MISSING", "FINISH_REASON_UNSPECIFIED, MISSING", "'', MISSING", ", MISSING" })
	void aFinishReasonIsJudgedAlikeOnEveryWire(String reason, Finish finish) {
		assertThat(FinishReasons.judge(reason)).isEqualTo(finish);
	}

	@Test
	void aRefusalInPlaceOfContentIsARefusal() {
		assertThat(FinishReasons.judge(answer("stop", Map.of("refusal", "I can't help with that"))))
			.isEqualTo(Finish.REFUSED);
		assertThat(FinishReasons.judge(answer("stop", Map.of("refusal", "")))).isEqualTo(Finish.NORMAL);
	}

	@Test
	void anAnswerWithoutGenerationsHasNoFinish() {
		assertThat(FinishReasons.judge(new ChatResponse(List.of()))).isEqualTo(Finish.MISSING);
	}

	private static ChatResponse answer(String finishReason, Map<String, Object> properties) {
		AssistantMessage message = AssistantMessage.builder().content("").properties(properties).build();
		ChatGenerationMetadata metadata = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		return new ChatResponse(List.of(new Generation(message, metadata)));
	}

}
