package dev.switchboard.gateway.front;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.call.CallOutcome;
import dev.switchboard.gateway.RawCaller;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever leaves must not go on costing money.
 */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("a thousand callers need the machine to themselves")
class LeavingCallersTests {

	private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":100}";

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.openai.targets=openai/gpt-5.4-mini",
				"switchboard.routes.anthropic.targets=anthropic/claude-sonnet-4-6",
				"switchboard.routes.openai.policy=careful", "switchboard.routes.anthropic.policy=careful");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	private static String request(String path, String route, boolean streamed) {
		return RawCaller.post(path, "{\"model\":\"" + route + "\",\"stream\":" + streamed + "," + HI);
	}

	private static void awaitRequests(SimulatedProvider provider, int number) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> provider.requests().size() >= number);
	}

	@Test
	void whoLeavesAfterALongQuietIsNoticedToo() {
		Awaitility.await("nobody is watched any more")
			.atMost(Duration.ofSeconds(60))
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("switchboard-disconnects"))
				.allMatch((thread) -> thread.getState() == Thread.State.WAITING));
		SimulatedProvider provider = gateway.provider("openai").fails(Fault.silence());

		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(request("/v1/chat/completions", "openai", false));
			awaitRequests(provider, 1);
		}

		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> provider.requests().get(0).aborted());
	}

	@Test
	void whoLeavesAStreamIsNoTroubleToLog(CapturedOutput output) {
		SimulatedProvider provider = gateway.provider("openai");
		provider.answers(Answer.text("word ".repeat(100)).inChunksOf(5).paced(Duration.ofMillis(20)));

		// Of so many some leave just as the container ends their requests itself.
		for (int i = 0; i < 400; i++) {
			try (RawCaller caller = new RawCaller(gateway.port())) {
				caller.send(request("/v1/chat/completions", "openai", true));
				caller.readUntil("word");
			}
		}

		SimulatorAssertions.assertThat(provider).within(Duration.ofSeconds(30)).wasAborted();
		Awaitility.await()
			.during(Duration.ofSeconds(1))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(output).doesNotContain("DefaultHandlerExceptionResolver", " ERROR "));
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions,openai,false", "/v1/chat/completions,openai,true",
			"/v1/chat/completions,anthropic,false", "/v1/chat/completions,anthropic,true",
			"/anthropic/v1/messages,openai,false", "/anthropic/v1/messages,openai,true",
			"/anthropic/v1/messages,anthropic,false", "/anthropic/v1/messages,anthropic,true" })
	void whoLeavesBeforeTheAnswerEndsTheProvidersRequest(String path, String route, boolean streamed) {
		SimulatedProvider provider = gateway.provider(route);
		provider.fails(Fault.silence());

		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(request(path, route, streamed));
			awaitRequests(provider, 1);
		}

		SimulatorAssertions.assertThat(provider).within(Duration.ofSeconds(30)).wasAborted();
		assertThat(gateway.onlyRecord().outcome()).isInstanceOf(CallOutcome.Cancelled.class);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions,openai", "/v1/chat/completions,anthropic", "/anthropic/v1/messages,openai",
			"/anthropic/v1/messages,anthropic" })
	void whoLeavesWhileAStreamIsSilentEndsTheProvidersRequest(String path, String route) {
		SimulatedProvider provider = gateway.provider(route);
		provider.answers(Answer.text("One two three four five six seven.").inChunksOf(4))
			.fails(Fault.stallAfterTokens(3));

		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(request(path, route, true));
			assertThat(caller.readUntil("One")).contains("200");
		}

		SimulatorAssertions.assertThat(provider).within(Duration.ofSeconds(30)).wasAborted();
		assertThat(gateway.onlyRecord().outcome()).isInstanceOf(CallOutcome.Cancelled.class);
	}

	@Test
	void aThousandWhoLeaveInTheMiddleEndAThousandRequests() {
		SimulatedProvider provider = gateway.provider("openai");
		provider.answers(Answer.text("word ".repeat(2000)).inChunksOf(5).paced(Duration.ofMillis(500)));
		List<RawCaller> callers = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			RawCaller caller = new RawCaller(gateway.port());
			caller.send(request("/v1/chat/completions", "openai", true));
			callers.add(caller);
		}
		callers.forEach((caller) -> assertThat(caller.readUntil("data:")).contains("200"));

		callers.forEach(RawCaller::close);

		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(provider.requests())
				.filteredOn((request) -> request.outcome() == RecordedRequest.Outcome.ABORTED)
				.hasSize(1000));
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(gateway.records()).hasSize(1000)
				.allSatisfy((record) -> assertThat(record.outcome()).isInstanceOf(CallOutcome.Cancelled.class)));
		assertThat(gateway.context().getBean(OpenCalls.class).count()).isZero();
	}

	@Test
	void whoSendsHisNextRequestAheadIsNotTakenForGone() {
		gateway.provider("openai").answers("First.", "Second.").fails(Fault.slowFirstToken(Duration.ofSeconds(1)));
		String request = request("/v1/chat/completions", "openai", false);

		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(request + request);

			assertThat(caller.readAnswer()).contains("First.");
			assertThat(caller.readAnswer()).contains("Second.");
		}
	}

}
