package dev.switchboard.gateway.wire.anthropic;

import java.util.Map;

import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolUseBlock;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.Usage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An Anthropic client in front of targets that speak other wires.
 */
class AnthropicTargetsTests {

	private static final Targets TARGETS = new Targets();

	@BeforeEach
	void reset() {
		TARGETS.reset();
	}

	@AfterAll
	static void close() {
		TARGETS.close();
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = { "OPENAI", "GEMINI" })
	void aToolLoopOfClaudeCodeCompletes(Wire wire) {
		String first = TARGETS.stream(wire, ClaudeCode.FIRST);

		Sdk.assertBlocksInOrder(first);
		Message asking = Sdk.message(first);
		assertThat(asking.stopReason()).contains(StopReason.TOOL_USE);
		ToolUseBlock call = asking.content()
			.stream()
			.filter(ContentBlock::isToolUse)
			.map(ContentBlock::asToolUse)
			.findFirst()
			.orElseThrow();
		assertThat(call.name()).isEqualTo("Read");
		assertThat(call._input().convert(Map.class)).isEqualTo(Map.of("file_path", "/tmp/a.txt"));

		String second = TARGETS.stream(wire, ClaudeCode.second(call.id()));

		Sdk.assertBlocksInOrder(second);
		Message answer = Sdk.message(second);
		assertThat(answer.stopReason()).contains(StopReason.END_TURN);
		assertThat(text(answer)).contains("Read returned", "hello");
		assertThat(answer.usage().inputTokens()).isPositive();
		assertThat(answer.usage().outputTokens()).isPositive();
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = { "OPENAI", "GEMINI" })
	void aWholeAnswerIsAMessage(Wire wire) {
		TARGETS.model(wire)
			.answers(Answer.text("I look.")
				.withToolCalls(ToolCall.of("Read", "{\"file_path\":\"a\"}"),
						ToolCall.of("Read", "{\"file_path\":\"b\"}"))
				.withUsage(new Usage(100, 20, 60, 0)));

		Message message = Sdk.message(TARGETS.answer(wire, ClaudeCode.FIRST));

		if (wire != Wire.GEMINI) {
			// Spring AI's class for Gemini drops a text beside calls.
			assertThat(text(message)).isEqualTo("I look.");
		}
		assertThat(message.content().stream().filter(ContentBlock::isToolUse).map((block) -> block.asToolUse().id()))
			.hasSize(2)
			.doesNotHaveDuplicates();
		assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
		assertThat(message.usage().inputTokens()).isEqualTo(40);
		assertThat(message.usage().cacheReadInputTokens()).contains(60L);
		assertThat(message.usage().outputTokens()).isEqualTo(20);
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = { "OPENAI", "GEMINI" })
	void whatTheModelThinksIsAThinkingBlock(Wire wire) {
		TARGETS.model(wire).answers(Answer.text("Twelve.").withReasoning("Three times four."));
		String request = """
				{"model": "code", "max_tokens": 4000, "thinking": {"type": "enabled", "budget_tokens": 2000},
				 "messages": [{"role": "user", "content": "3 * 4?"}]}
				""";

		String events = TARGETS.stream(wire, request);
		Message whole = Sdk.message(TARGETS.answer(wire, request));

		Sdk.assertBlocksInOrder(events);
		for (Message message : new Message[] { whole, Sdk.message(events) }) {
			assertThat(message.content()).hasSize(2);
			assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("Three times four.");
			assertThat(message.content().get(1).asText().text()).isEqualTo("Twelve.");
		}
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = { "OPENAI", "GEMINI" })
	void anAnswerThatIsCutOffSaysSo(Wire wire) {
		Message message = Sdk.message(TARGETS.stream(wire, """
				{"model": "code", "max_tokens": 3,
				 "messages": [{"role": "user", "content": "A long story, please, with many words"}]}
				"""));

		assertThat(message.stopReason()).contains(StopReason.MAX_TOKENS);
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = { "OPENAI", "GEMINI" })
	void aSchemaShapesTheAnswer(Wire wire) {
		Message message = Sdk.message(TARGETS.answer(wire, """
				{"model": "code", "max_tokens": 100,
				 "output_config": {"format": {"type": "json_schema", "schema": {"type": "object",
				   "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": false}}},
				 "messages": [{"role": "user", "content": "Where?"}]}
				"""));

		assertThat(Sdk.request(text(message)).path("city").isString()).isTrue();
	}

	@Test
	void anOpenAiTargetReceivesTheConversationInItsOrder() {
		TARGETS.model(Wire.OPENAI).answers("Done.");
		TARGETS.answer(Wire.OPENAI,
				"""
						{"model": "code", "max_tokens": 100, "system": "Be brief.", "stop_sequences": ["END"],
						 "tools": [{"name": "clock", "input_schema": {"type": "object", "properties": {}}}],
						 "messages": [
						  {"role": "user", "content": "When?"},
						  {"role": "assistant", "content": [
						    {"type": "tool_use", "id": "%1$s", "name": "clock", "input": {}},
						    {"type": "tool_use", "id": "call_2", "name": "clock", "input": {"zone": "UTC"}}]},
						  {"role": "user", "content": [
						    {"type": "tool_result", "tool_use_id": "%1$s", "content": "noon"},
						    {"type": "tool_result", "tool_use_id": "call_2", "content": [
						      {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}}]},
						    {"type": "text", "text": "Well?"}]},
						  {"role": "system", "content": "Be polite too."}
						 ]}
						"""
					.formatted(ToolUseIds.write("functions.clock:0")));

		JsonNode sent = TARGETS.model(Wire.OPENAI).requests().get(0).json();
		JsonNode messages = sent.path("messages");
		assertThat(messages.valueStream().map((message) -> message.path("role").asString())).containsExactly("system",
				"user", "assistant", "tool", "tool", "user", "user", "system");
		assertThat(messages.at("/2/tool_calls/0/id").asString()).isEqualTo("functions.clock:0");
		assertThat(messages.at("/2/tool_calls/1/function/arguments").asString()).isEqualTo("{\"zone\":\"UTC\"}");
		assertThat(messages.at("/3/tool_call_id").asString()).isEqualTo("functions.clock:0");
		assertThat(messages.at("/4/tool_call_id").asString()).isEqualTo("call_2");
		assertThat(messages.at("/5/content/1/image_url/url").asString())
			.isEqualTo("data:image/png;base64,iVBORw0KGgo=");
		assertThat(messages.at("/6/content").asString()).isEqualTo("Well?");
		assertThat(messages.at("/7/content").asString()).isEqualTo("Be polite too.");
		assertThat(sent.path("stop").asString()).isEqualTo("END");
	}

	@Test
	void whatIsRememberedOfACallReachesTheTargetThatMadeIt() {
		TARGETS.remember((id) -> Map.of("reasoningContent", "I should read it.", "switchboard.target", "openai/m"));

		TARGETS.answer(Wire.OPENAI, ClaudeCode.second("call_1"));

		JsonNode messages = TARGETS.model(Wire.OPENAI).requests().get(0).json().path("messages");
		assertThat(messages.at("/3/reasoning_content").asString()).isEqualTo("I should read it.");
		assertThat(messages.toString()).doesNotContain("EqkCCkYICxgC");
	}

	private static String text(Message message) {
		return message.content()
			.stream()
			.filter(ContentBlock::isText)
			.map((block) -> block.asText().text())
			.reduce("", String::concat);
	}

}
