package dev.switchboard.gateway.wire.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.StopReason;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.StreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicStreamTests {

	private static final String RELAYED = """
			event: message_start
			data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
			"model":"claude-opus-4.7","content":[],"stop_reason":null,"stop_sequence":null,\
			"usage":{"input_tokens":9,"output_tokens":1}}}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

			event: ping
			data: {"type":"ping"}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"sig"}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":0}

			event: content_block_start
			data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Good "}}

			""";

	private final StreamWriter writer = new AnthropicStream(Said.HEAD, true);

	private final StringBuilder sent = new StringBuilder();

	@Test
	void aStreamOfTextIsTheWholeSequenceOfEvents() {
		chunk(Said.text("Hel").chunk());
		chunk(Said.text("lo").chunk());
		end(Said.nothing().ending("stop", 100, 5, 60, 0));

		assertThat(Sdk.names(this.sent.toString())).containsExactly("message_start", "ping", "content_block_start",
				"content_block_delta", "content_block_delta", "content_block_stop", "message_delta", "message_stop");
		Message message = message();
		assertThat(message.id()).isEqualTo("msg_call-1");
		assertThat(message.model().asString()).isEqualTo("openai/gpt-5.4");
		assertThat(message.content()).singleElement()
			.satisfies((block) -> assertThat(block.asText().text()).isEqualTo("Hello"));
		assertThat(message.stopReason()).contains(StopReason.END_TURN);
		assertThat(message.usage().inputTokens()).isEqualTo(40);
		assertThat(message.usage().cacheReadInputTokens()).contains(60L);
		assertThat(message.usage().outputTokens()).isEqualTo(5);
	}

	@Test
	void oneBlockAtATimeIsOpenWhateverComes() {
		chunk(Said.thought("H").chunk());
		chunk(Said.text("I ").thinking("m").chunk());
		chunk(Said.text("look.").chunk());
		chunk(Said.thought("Which?").chunk());
		chunk(Said.nothing().calling("a", "clock", "{\"zone\":\"UTC\"}").calling("b", "date", "{}").chunk());
		end(Said.text("Wait.").ending("tool_calls"));

		assertOneBlockAtATime();
		Message message = message();
		assertThat(message.content()).hasSize(6);
		assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("Hm");
		assertThat(message.content().get(1).asText().text()).isEqualTo("I look.");
		assertThat(message.content().get(2).asThinking().thinking()).isEqualTo("Which?");
		assertThat(message.content().get(3).asToolUse()._input().convert(Map.class)).isEqualTo(Map.of("zone", "UTC"));
		assertThat(message.content().get(4).asToolUse().name()).isEqualTo("date");
		assertThat(message.content().get(5).asText().text()).isEqualTo("Wait.");
		assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
	}

	@Test
	void thoughtsThatNobodyWantsToSeeAreNotSent() {
		StreamWriter silent = new AnthropicStream(Said.HEAD, false);
		String events = Said.utf8(silent.chunk(Said.thought("Hm").chunk()))
				+ Said.utf8(silent.chunk(Said.text("Hi").chunk()))
				+ Said.utf8(silent.end(Said.nothing().ending("stop")));

		assertThat(events).doesNotContain("Hm");
		assertThat(Sdk.message(events).content()).singleElement()
			.satisfies((block) -> assertThat(block.asText().text()).isEqualTo("Hi"));
	}

	@Test
	void anAnswerThatIsOneChunkIsAStreamToo() {
		end(Said.text("Hello").ending("length"));

		assertThat(message().content().get(0).asText().text()).isEqualTo("Hello");
		assertThat(message().stopReason()).contains(StopReason.MAX_TOKENS);
	}

	@Test
	void anErrorEndsTheStreamWithoutMakingItLookComplete() {
		chunk(Said.text("Hel").chunk());
		String events = Said
			.utf8(this.writer.error(new GatewayError(529, "targets_exhausted", "Overloaded", null, null, "call-1")));

		assertThat(Sdk.names(events)).containsExactly("error");
		assertThat(events).contains("\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"");
		assertThat(this.writer.chunk(Said.text("lo").chunk())).isEmpty();
		assertThat(this.writer.end(Said.nothing().ending("stop"))).isEmpty();
	}

	@Test
	void nothingFollowsTheEnd() {
		end(Said.text("Hello").ending("stop"));

		assertThat(this.writer.error(new GatewayError(500, "internal", "Late", null, null, "call-1"))).isEmpty();
		assertThat(this.writer.chunk(Said.text("more").chunk())).isEmpty();
		assertThat(this.writer.end(Said.nothing().ending("stop"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n" })
	void textGoesOnInTheBlockThatTheProviderLeftOpen(String lineEnd) {
		relayed(RELAYED, lineEnd);
		chunk(Said.text("mor").chunk());
		end(Said.text("ning").ending("stop", 10, 5, 0, 0));

		assertOneBlockAtATime();
		Message message = message();
		assertThat(message.id()).isEqualTo("msg_1");
		assertThat(message.content()).hasSize(2);
		assertThat(message.content().get(0).asThinking().signature()).isEqualTo("sig");
		assertThat(message.content().get(1).asText().text()).isEqualTo("Good morning");
		assertThat(message.usage().inputTokens()).isEqualTo(10);
	}

	@Test
	void textAfterARelayedBlockThatIsClosedBeginsTheNextOne() {
		relayed(RELAYED.substring(0,
				RELAYED.indexOf("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1")),
				"\n");
		chunk(Said.text("Hello").chunk());
		end(Said.nothing().ending("stop"));

		assertOneBlockAtATime();
		assertThat(message().content().get(1).asText().text()).isEqualTo("Hello");
	}

	@Test
	void textAfterARelayedThoughtClosesIt() {
		relayed(RELAYED.substring(0, RELAYED.indexOf("event: content_block_stop")), "\n");
		chunk(Said.text("Hello").chunk());
		end(Said.nothing().ending("stop"));

		assertOneBlockAtATime();
		assertThat(message().content()).hasSize(2);
		assertThat(message().content().get(1).asText().text()).isEqualTo("Hello");
	}

	@Test
	void eventsWithoutNamesAreUnderstoodAndGarbageIsPassedOver() {
		this.writer.relayed(RELAYED.replaceAll("event: .*\n", "").getBytes(StandardCharsets.UTF_8));
		this.writer.relayed(
				": comment\n\nevent: content_block_stop\ndata: {oops\n\ndata\n\n\n".getBytes(StandardCharsets.UTF_8));

		String events = Said.utf8(this.writer.chunk(Said.text("more").chunk()));

		assertThat(events).isEqualTo("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,"
				+ "\"delta\":{\"type\":\"text_delta\",\"text\":\"more\"}}\n\n");
	}

	@Test
	void aRelayedStreamThatLacksOnlyItsEndGetsJustThat() {
		relayed(RELAYED + """
				event: content_block_stop
				data: {"type":"content_block_stop","index":1}

				event: message_delta
				data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
				"usage":{"output_tokens":3}}

				""", "\n");

		assertThat(Said.utf8(this.writer.end(Said.nothing().ending("end_turn"))))
			.isEqualTo("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
	}

	@Test
	void aRelayedStreamThatIsCompleteGetsNothingMore() {
		relayed(RELAYED + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", "\n");

		assertThat(this.writer.end(Said.nothing().ending("end_turn"))).isEmpty();
		assertThat(this.writer.error(new GatewayError(500, "internal", "Late", null, null, "call-1"))).isEmpty();
	}

	@Test
	void aRelayedToolCallIsRememberedAtTheEnd() {
		relayed(RELAYED
			.replace("{\"type\":\"text\",\"text\":\"\"}",
					"{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"clock\",\"input\":{}}")
			.replace("{\"type\":\"text_delta\",\"text\":\"Good \"}",
					"{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}"),
				"\n");
		end(Said.nothing().ending("tool_use"));

		assertThat(message().stopReason()).contains(StopReason.TOOL_USE);
	}

	private void relayed(String events, String lineEnd) {
		this.sent.append(events);
		this.writer.relayed(events.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8));
	}

	private void chunk(ChatResponse chunk) {
		this.sent.append(Said.utf8(this.writer.chunk(chunk)));
	}

	private void end(ChatResponse last) {
		this.sent.append(Said.utf8(this.writer.end(last)));
	}

	private Message message() {
		return Sdk.message(this.sent.toString());
	}

	private void assertOneBlockAtATime() {
		Sdk.assertBlocksInOrder(this.sent.toString());
	}

}
