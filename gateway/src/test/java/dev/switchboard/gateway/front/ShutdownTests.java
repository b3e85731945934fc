package dev.switchboard.gateway.front;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.switchboard.gateway.RawCaller;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("it measures what ends in time")
class ShutdownTests {

	private static final String STREAM = "{\"model\":\"one\",\"stream\":true,\"messages\":[{\"role\":\"user\","
			+ "\"content\":\"Hi\"}]}";

	@Test
	void whatRunsEndsAndWhatComesIsToldToComeBack() throws Exception {
		RunningGateway gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"spring.lifecycle.timeout-per-shutdown-phase=30s");
		gateway.provider("openai").answers(Answer.text("word ".repeat(15)).inChunksOf(5).paced(Duration.ofMillis(200)));
		try (RawCaller kept = new RawCaller(gateway.port())) {
			CompletableFuture<HttpResponse<String>> running = gateway.client()
				.sendAsync(gateway.request("/v1/chat/completions")
					.header("Content-Type", "application/json")
					.POST(BodyPublishers.ofString(STREAM))
					.build(), BodyHandlers.ofString());
			OpenCalls open = gateway.context().getBean(OpenCalls.class);
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> open.count() == 1);

			Thread stopping = new Thread(gateway::close);
			stopping.start();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !open.isRunning());
			kept.send(RawCaller.post("/v1/chat/completions", STREAM));
			String refused = kept.readAnswer();

			assertThat(refused).startsWith("HTTP/1.1 503").contains("Retry-After: 5", "shutting_down");
			assertThat(running.get(30, TimeUnit.SECONDS).body()).endsWith("data: [DONE]\n\n");
			stopping.join(Duration.ofSeconds(30).toMillis());
			assertThat(stopping.isAlive()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatDoesNotEndInTimeLooksLikeNoAnswerAndIsNoFaultOfTheGateway(boolean streamed, CapturedOutput output)
			throws Exception {
		RunningGateway gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"spring.lifecycle.timeout-per-shutdown-phase=200ms");
		gateway.provider("openai").fails(Fault.silence());
		CompletableFuture<HttpResponse<String>> running = gateway.client()
			.sendAsync(gateway.request("/v1/chat/completions")
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(STREAM.replace("true", Boolean.toString(streamed))))
				.build(), BodyHandlers.ofString());
		OpenCalls open = gateway.context().getBean(OpenCalls.class);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> open.count() == 1);

		gateway.close();

		// Which of the two it is depends on how far the container has come.
		assertThat(running.handle((response, broken) -> broken != null || response.statusCode() >= 500)
			.get(20, TimeUnit.SECONDS)).as("broken off, or told to be a failure").isTrue();
		assertThat(output).doesNotContain("ERROR", "A request failed in the gateway itself");
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions, one, false, one", "/v1/chat/completions, one, true, one",
			"/passthrough/openai/v1/chat/completions, gpt-5.4-mini, false, passthrough",
			"/passthrough/openai/v1/chat/completions, gpt-5.4-mini, true, passthrough" })
	void whatDoesNotEndInTimeIsInTheLedgerNevertheless(String path, String model, boolean streamed, String route,
			@TempDir Path folder) {
		String[] properties = { "switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"spring.lifecycle.timeout-per-shutdown-phase=200ms", "switchboard.store.path=" + folder };
		RunningGateway gateway = RunningGateway.start(properties);
		gateway.provider("openai").answers(Answer.text("word ".repeat(500)).inChunksOf(5).paced(Duration.ofSeconds(1)));
		CompletableFuture<HttpResponse<String>> running = gateway.client()
			.sendAsync(gateway.request(path)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(STREAM.replace("true", Boolean.toString(streamed)).replace("one", model)))
				.build(), BodyHandlers.ofString());
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> gateway.provider("openai").requestCount() == 1);

		gateway.close();

		assertThat(running.handle((response, broken) -> true)).succeedsWithin(Duration.ofSeconds(20));
		RunningGateway next = RunningGateway.start(properties);
		try {
			// What waits in the journal is written soon after the start.
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> next.get("/switchboard/admin/calls").body().contains("\"route\""));
			HttpResponse<String> calls = next.get("/switchboard/admin/calls");
			assertThat(calls.body()).containsOnlyOnce("\"route\":\"" + route + "\"")
				.contains("\"target\":\"openai/gpt-5.4-mini\"");
		}
		finally {
			next.close();
		}
	}

}
