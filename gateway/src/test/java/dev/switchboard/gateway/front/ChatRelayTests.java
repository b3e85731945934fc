package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.switchboard.call.CallRecord;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChatRelayTests {

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.routes.two.targets=openai/gpt-5.4-mini,groq/llama-3.3-70b-versatile",
				"switchboard.routes.other.targets=anthropic/claude-sonnet-4-6",
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
	void theProviderGetsTheCallersBytesWithAnotherModel() {
		gateway.provider("openai").answers("Hello.");
		String request = "{ \"messages\" : [{\"role\":\"user\",\"content\":\"Hi \\u00e9 \uD83D\uDE00\"}],\n"
				+ "  \"unheard_of\": {\"b\":1, \"a\": [1.0,1e3]}, \"model\":\"one\" }";

		HttpResponse<String> response = gateway.post("/v1/chat/completions", request);

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(new String(gateway.provider("openai").requests().get(0).bytes(), StandardCharsets.UTF_8))
			.isEqualTo(request.replace("\"one\"", "\"gpt-5.4-mini\""));
		assertThat(response.headers().firstValue("X-Switchboard-Route")).hasValue("one");
		assertThat(response.headers().firstValue("X-Switchboard-Target")).hasValue("openai/gpt-5.4-mini");
		assertThat(response.headers().firstValue("X-Switchboard-Attempts")).hasValue("1");
		assertThat(response.headers().firstValue("X-Switchboard-Cache")).hasValue("bypass");
		assertThat(response.headers().firstValue("X-Switchboard-Cost").orElseThrow()).startsWith("0.0");
		CallRecord record = gateway.onlyRecord();
		assertThat(response.headers().firstValue("X-Switchboard-Call")).hasValue(record.id());
		assertThat(record.usage()).isNotNull();
		assertThat(record.finishReason()).isEqualTo("stop");
		assertThat(RunningGateway.json(response).at("/choices/0/message/content").asString()).isEqualTo("Hello.");
	}

	@Test
	void aStreamIsRelayedEventByEvent() {
		gateway.provider("openai").answers("The quick brown fox jumps over the lazy dog.");

		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"one\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		assertThat(response.statusCode()).isEqualTo(200);
		List<String> events = RunningGateway.data(response);
		assertThat(events).last().isEqualTo("[DONE]");
		assertThat(events).noneMatch((event) -> event.contains("\"choices\":[]"));
		assertThat(gateway.onlyRecord().usage()).isNotNull();
		assertThat(gateway.onlyRecord().timeToFirstToken()).isNotNull();
		SimulatorAssertions.assertThat(gateway.provider("openai"))
			.receivedBodyContaining("\"stream_options\":{\"include_usage\":true}");
	}

	@Test
	void whenTheFirstTargetFailsTheNextOneAnswers() {
		gateway.provider("openai").fails(Fault.unauthorized());
		gateway.provider("groq").answers("From groq.");

		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"two\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		assertThat(response.body()).contains("From groq.");
		assertThat(response.headers().firstValue("X-Switchboard-Attempts")).hasValue("2");
	}

	@Test
	void aTargetOfAnotherWireIsTranslatedFor() {
		gateway.provider("anthropic").answers("From Anthropic.");

		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(RunningGateway.json(response).at("/choices/0/message/content").asString())
			.isEqualTo("From Anthropic.");
	}

	@Test
	void aStreamThatFallsBackAcrossWiresIsOneCleanStream() {
		gateway.provider("openai").fails(Fault.unauthorized());
		gateway.provider("anthropic").answers("From Anthropic after all.");

		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"mixed\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(RunningGateway.data(response)).last().isEqualTo("[DONE]");
		assertThat(response.headers().firstValue("X-Switchboard-Target")).hasValue("anthropic/claude-sonnet-4-6");
	}

	@Test
	void anUnknownRouteIsA404InTheWiresShape() {
		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(RunningGateway.json(response).at("/error/code").asString()).isEqualTo("unknown_route");
	}

}
