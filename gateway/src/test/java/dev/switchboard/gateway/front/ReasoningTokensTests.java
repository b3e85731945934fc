package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.util.List;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** How much of an answer was reasoning, on each wire and by each provider. */
class ReasoningTokensTests {

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.openai.targets=openai/gpt-5.4-mini",
				"switchboard.routes.groq.targets=groq/llama-3.3-70b-versatile",
				"switchboard.routes.anthropic.targets=anthropic/claude-sonnet-4-6",
				"switchboard.routes.google.targets=google/gemini-2.5-flash");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@ParameterizedTest
	@CsvSource({ "openai", "groq", "anthropic", "google" })
	void chatCompletionsTellIt(String provider) {
		assertTold(provider, "/v1/chat/completions", """
				{"model":"%s","messages":[{"role":"user","content":"hi"}],"stream":%s%s}""", "/usage",
				"/completion_tokens_details/reasoning_tokens");
	}

	@ParameterizedTest
	@CsvSource({ "openai", "groq", "anthropic", "google" })
	void responsesTellIt(String provider) {
		assertTold(provider, "/v1/responses", """
				{"model":"%s","input":"hi","stream":%s}""", "/response/usage",
				"/output_tokens_details/reasoning_tokens");
	}

	@ParameterizedTest
	@CsvSource({ "openai", "groq", "anthropic", "google" })
	void messagesTellIt(String provider) {
		assertTold(provider, "/anthropic/v1/messages", """
				{"model":"%s","max_tokens":99,"messages":[{"role":"user","content":"hi"}],"stream":%s}""", "/usage",
				"/output_tokens_details/thinking_tokens");
	}

	private static void assertTold(String provider, String path, String request, String streamedUsage, String count) {
		for (boolean stream : new boolean[] { false, true }) {
			gateway.reset();
			gateway.provider(provider)
				.answers(Answer.text("42").withReasoning("six by seven").withUsage(new Usage(100, 20, 40, 7)));
			HttpResponse<String> response = gateway.post(path, String.format(request, provider, stream,
					stream ? ",\"stream_options\":{\"include_usage\":true}" : ""));
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			JsonNode usage = stream ? streamed(response, streamedUsage) : RunningGateway.json(response).path("usage");
			assertThat(usage.at(count).asInt()).as("%s, streamed %s: %s", path, stream, response.body()).isEqualTo(7);
			assertThat(gateway.onlyRecord().usage()).as("streamed %s", stream)
				.isEqualTo(new TokenUsage(100, 40, 0, 20, 7));
		}
	}

	private static JsonNode streamed(HttpResponse<String> response, String usage) {
		List<JsonNode> told = RunningGateway.data(response)
			.stream()
			.filter((data) -> data.startsWith("{"))
			.map((data) -> JsonMapper.shared().readTree(data).at(usage))
			.filter(JsonNode::isObject)
			.toList();
		return told.get(told.size() - 1);
	}

}
