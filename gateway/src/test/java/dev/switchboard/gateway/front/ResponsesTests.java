package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStatus;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.gateway.wire.responses.Codex;
import dev.switchboard.gateway.wire.responses.Sdk;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Responses over HTTP, by targets that speak them and by targets that don't. */
class ResponsesTests {

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.own.targets=openai/gpt-5.4-mini",
				"switchboard.routes.chat.targets=groq/llama-3.3-70b-versatile",
				"switchboard.routes.claude.targets=anthropic/claude-sonnet-4-6",
				"switchboard.routes.gemini.targets=google/gemini-2.5-flash",
				"switchboard.routes.mixed.targets=openai/gpt-5.4-mini,anthropic/claude-sonnet-4-6");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@Test
	void openAiGetsTheCallersBytesWithAnotherModel() {
		gateway.provider("openai").answers("Hello.");
		String request = "{\"unheard_of\": [1.0], \"model\":\"own\", \"input\":\"hi\",\"previous_response_id\":\"resp_1\"}";

		HttpResponse<String> response = gateway.post("/v1/responses", request);

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(new String(gateway.provider("openai").requests().get(0).bytes(), StandardCharsets.UTF_8))
			.isEqualTo(request.replace("\"own\"", "\"gpt-5.4-mini\""));
		assertThat(RunningGateway.json(response).at("/output/0/content/0/text").asString()).isEqualTo("Hello.");
	}

	@Test
	void aStreamOfOpenAisIsRelayedEventByEvent() {
		gateway.provider("openai").answers("The quick brown fox.");

		HttpResponse<String> response = gateway.post("/v1/responses", Codex.first("own"));

		assertThat(Sdk.types(response.body())).last().isEqualTo("response.completed");
		assertThat(gateway.onlyRecord().usage()).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "chat,groq", "claude,anthropic", "gemini,google" })
	void codexHoldsASessionWithToolsWhoeverAnswers(String route, String provider) {
		gateway.provider(provider)
			.answers(Answer.text("Let me look.").withToolCalls(ToolCall.of("exec_command", "{\"cmd\":\"ls\"}")),
					Answer.text("One file."));

		HttpResponse<String> first = gateway.post("/v1/responses", Codex.first(route));
		assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
		Response asked = Sdk.accumulate(first.body());
		assertThat(asked.output().get(0).asMessage().content().get(0).asOutputText().text()).isEqualTo("Let me look.");
		assertThat(asked.output().get(1).asFunctionCall().arguments()).isEqualTo("{\"cmd\":\"ls\"}");

		HttpResponse<String> second = gateway.post("/v1/responses",
				Codex.second(route, asked.output().get(1).asFunctionCall().callId()));
		Response told = Sdk.accumulate(second.body());
		assertThat(told.output().get(0).asMessage().content().get(0).asOutputText().text()).isEqualTo("One file.");
		assertThat(told.status()).contains(ResponseStatus.COMPLETED);
		assertThat(told.usage()).isPresent();
		assertThat(gateway.provider(provider).requests()).hasSize(2);
		assertThat(gateway.provider(provider).requests().get(1).body()).contains("README.md", "apply_patch");
	}

	@ParameterizedTest
	@CsvSource({ "chat,groq", "claude,anthropic", "gemini,google" })
	void customToolsAndNamespacesComeBackAsTheyWereGiven(String route, String provider) {
		gateway.provider(provider)
			.answers(Answer.toolCalls(ToolCall.of("apply_patch", "{\"input\":\"*** Begin Patch\"}"),
					ToolCall.of("mcp__notes__search", "{\"q\":\"x\"}")));

		Response response = Sdk
			.response(gateway.post("/v1/responses", Codex.first(route).replace("\"stream\":true", "\"stream\":false"))
				.body());

		assertThat(response.output()).hasSize(2);
		assertThat(response.output().get(0).asCustomToolCall().input()).isEqualTo("*** Begin Patch");
		assertThat(response.output().get(1).asFunctionCall().name()).isEqualTo("search");
		assertThat(response.output().get(1).asFunctionCall().namespace()).contains("mcp__notes");
	}

	@Test
	void aStreamThatFallsBackAcrossWiresIsOneCleanStream() {
		gateway.provider("openai").fails(Fault.unauthorized());
		gateway.provider("anthropic").answers("From Anthropic after all.");

		HttpResponse<String> response = gateway.post("/v1/responses", Codex.first("mixed"));

		assertThat(Sdk.types(response.body())).containsOnlyOnce("response.created")
			.last()
			.isEqualTo("response.completed");
		assertThat(response.headers().firstValue("X-Switchboard-Target")).hasValue("anthropic/claude-sonnet-4-6");
	}

	@Test
	void aBrokenRelayGoesOnInTheSameWordsFromAnotherWireAndEndsWhole() {
		String text = "The quick brown fox jumps over the lazy dog.";
		gateway.provider("openai").answers(Answer.text(text).inChunksOf(2)).fails(Fault.cutAfterTokens(4));
		gateway.provider("anthropic").answers(Answer.text(text).inChunksOf(2));

		List<JsonNode> events = Sdk.events(gateway.post("/v1/responses", Codex.first("mixed")).body());

		StringBuilder pieces = new StringBuilder();
		events.forEach((event) -> pieces.append(event.path("delta").asString("")));
		assertThat(pieces).hasToString(text);
		JsonNode response = events.get(events.size() - 1).path("response");
		assertThat(response.path("status").asString()).isEqualTo("completed");
		assertThat(response.path("output")).hasSize(1);
		assertThat(response.at("/output/0/content/0/text").asString()).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "own,openai", "claude,anthropic" })
	void aStreamThatBreaksEndsInAFailedResponse(String route, String provider) {
		gateway.provider(provider).answers("one two three four five six").fails(Fault.cutAfterTokens(3));

		List<JsonNode> events = Sdk.events(gateway.post("/v1/responses", Codex.first(route)).body());

		assertThat(events).extracting((event) -> event.path("type").asString())
			.contains("response.output_text.delta")
			.doesNotContain("response.completed")
			.last()
			.isEqualTo("response.failed");
		assertThat(events.get(events.size() - 1).at("/response/error/code").asString()).isNotEmpty();
	}

	@Test
	void thoughtsOfAnotherProvidersModelDoNotGoToOpenAi() {
		gateway.provider("groq").answers(Answer.text("42").withReasoning("six by seven"));
		JsonNode thoughts = RunningGateway.json(gateway.post("/v1/responses", "{\"model\":\"chat\",\"input\":\"hi\"}"))
			.at("/output/0");
		assertThat(thoughts.path("type").asString()).isEqualTo("reasoning");
		gateway.provider("openai").answers("Hello.");

		gateway.post("/v1/responses", "{\"model\":\"own\",\"input\":[" + thoughts
				+ ",{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]},{\"role\":\"user\",\"content\":\"hi\"}]}");

		assertThat(gateway.provider("openai").requests().get(0).body()).contains("rs_1").doesNotContain("six by seven");
	}

	@Test
	void whatWouldBeMissedIsRefusedInTheWiresShape() {
		HttpResponse<String> response = gateway.post("/v1/responses",
				"{\"model\":\"claude\",\"input\":\"hi\",\"previous_response_id\":\"resp_1\"}");

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(RunningGateway.json(response).at("/error/code").asString()).isEqualTo("unsupported_parameter");
		assertThat(RunningGateway.json(response).at("/error/param").asString()).isEqualTo("previous_response_id");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"required\"|tool_choice",
			"{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"web_search\"}]}|tool_choice.mode" })
	void whenOnlyToolsOfOpenAisOwnMayBeCalledAndOneMustThenTheyAreNamed(String choice, String param) {
		HttpResponse<String> response = gateway.post("/v1/responses",
				"{\"model\":\"claude\",\"input\":\"hi\",\"tools\":[{\"type\":\"web_search\"}],\"tool_choice\":" + choice
						+ "}");

		assertThat(response.statusCode()).isEqualTo(400);
		JsonNode error = RunningGateway.json(response).path("error");
		assertThat(error.path("code").asString()).isEqualTo("unsupported_parameter");
		assertThat(error.path("param").asString()).isEqualTo(param);
		assertThat(error.path("message").asString()).contains("web_search");
		assertThat(gateway.provider("anthropic").requests()).isEmpty();
	}

}
