package dev.switchboard.gateway.wire.anthropic;

import java.util.Map;

import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Usage;
import dev.switchboard.gateway.wire.ToolCallMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicAnswerTests {

	static final String THINKING = "{\"type\": \"enabled\", \"budget_tokens\": 2000}";

	@Test
	void anAnswerOfTextIsAMessage() {
		byte[] body = write(Said.text("Hello").ending("stop", 10, 5, 0, 0), THINKING);

		Message message = Sdk.message(body);
		assertThat(message.id()).isEqualTo("msg_call-1");
		assertThat(message.model().asString()).isEqualTo("openai/gpt-5.4");
		assertThat(message.content()).singleElement()
			.satisfies((block) -> assertThat(block.asText().text()).isEqualTo("Hello"));
		assertThat(message.stopReason()).contains(StopReason.END_TURN);
		assertThat(message.stopSequence()).isEmpty();
		JsonNode json = Sdk.request(Said.utf8(body));
		assertThat(json.path("type").asString()).isEqualTo("message");
		assertThat(json.path("role").asString()).isEqualTo("assistant");
		assertThat(json.path("stop_sequence").isNull()).isTrue();
	}

	@Test
	void thoughtsTextAndCallsAreBlocksInThisOrder() {
		Message message = Sdk.message(write(Said.text("I look.")
			.thinking("Hm")
			.calling("call_1", "clock", "{\"zone\": \"UTC\"}")
			.calling("functions.clock:1", "clock", "{}")
			.ending("tool_calls"), THINKING));

		assertThat(message.content()).hasSize(4);
		assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("Hm");
		assertThat(message.content().get(0).asThinking().signature()).isEmpty();
		assertThat(message.content().get(1).asText().text()).isEqualTo("I look.");
		assertThat(message.content().get(2).asToolUse().id()).isEqualTo("call_1");
		assertThat(message.content().get(2).asToolUse().name()).isEqualTo("clock");
		assertThat(message.content().get(2).asToolUse()._input().convert(Map.class)).isEqualTo(Map.of("zone", "UTC"));
		String told = message.content().get(3).asToolUse().id();
		assertThat(told).matches("[a-zA-Z0-9_-]+");
		assertThat(ToolUseIds.read(told)).isEqualTo("functions.clock:1");
		assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"type": "disabled"}                                                  | false
			{"type": "enabled", "budget_tokens": 2000, "display": "omitted"}      | false
			{"type": "adaptive", "display": "omitted"}                            | false
			null                                                                  | false
			{"type": "adaptive"}                                                  | true
			{"type": "adaptive", "display": "summarized"}                         | true
			""")
	void thoughtsAreShownToWhoWantsToSeeThem(String thinking, boolean shown) {
		Message message = Sdk.message(write(Said.text("Hello").thinking("Hm").ending("stop"), thinking));

		assertThat(message.content().get(0).isThinking()).isEqualTo(shown);
		assertThat(message.content().stream().filter(ContentBlock::isText)).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "stop, end_turn", "STOP, end_turn", "length, max_tokens", "MAX_TOKENS, max_tokens",
			"content_filter, refusal", "SAFETY, refusal", "stop_sequence, stop_sequence", "nobody_knows, end_turn" })
	void aFinishReasonOfAnyWireIsAStopReason(String finish, String stop) {
		Message message = Sdk.message(write(Said.text("Hello").ending(finish), THINKING));

		assertThat(message.stopReason()).contains(StopReason.of(stop));
	}

	@Test
	void aRefusalInWordsOfItsOwnIsTextAndARefusal() {
		Message message = Sdk.message(write(Said.nothing().refusing("I will not.").ending("stop"), THINKING));

		assertThat(message.content().get(0).asText().text()).isEqualTo("I will not.");
		assertThat(message.stopReason()).contains(StopReason.REFUSAL);
	}

	@Test
	void cachedInputIsCountedApart() {
		Usage usage = Sdk.message(write(Said.text("Hello").ending("stop", 100, 5, 60, 10), THINKING)).usage();

		assertThat(usage.inputTokens()).isEqualTo(30);
		assertThat(usage.cacheReadInputTokens()).contains(60L);
		assertThat(usage.cacheCreationInputTokens()).contains(10L);
		assertThat(usage.outputTokens()).isEqualTo(5);
	}

	@Test
	void argumentsThatAreNoObjectAreShownAsWhatTheyAre() {
		Message message = Sdk
			.message(write(Said.nothing().calling("a", "clock", "{\"zone\": \"U").ending("length"), THINKING));

		assertThat(message.content().get(0).asToolUse()._input().convert(Map.class))
			.isEqualTo(Map.of("invalid_arguments", "{\"zone\": \"U"));
		assertThat(message.stopReason()).contains(StopReason.MAX_TOKENS);
	}

	static byte[] write(ChatResponse answer, String thinking) {
		return new AnthropicMessagesWire().read(Sdk.request("""
				{"model": "code", "max_tokens": 100, "thinking": %s,
				 "messages": [{"role": "user", "content": "Hi"}]}
				""".formatted(thinking)), ToolCallMemory.NONE).answer(answer, Said.HEAD);
	}

}
