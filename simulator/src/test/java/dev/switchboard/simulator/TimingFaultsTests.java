package dev.switchboard.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.switchboard.simulator.RecordedRequest.Outcome;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Faults that take time, and how long faults last.
 */
class TimingFaultsTests {

	private static Simulator simulator;

	private final SimulatedProvider provider = simulator.provider("acme");

	private final WireClient openai = new WireClient(this.provider, SimulatedWire.OPENAI);

	@BeforeAll
	static void start() {
		simulator = Simulator.start();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@BeforeEach
	void reset() {
		simulator.reset();
		this.provider.answers("0123456789abcdefghij");
	}

	@ParameterizedTest
	@EnumSource
	void theHeadersOfAStreamDoNotWaitForASlowFirstToken(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.slowFirstToken(Duration.ofMinutes(1)));
		try (Stream<String> lines = new WireClient(this.provider, wire).stream("hi").body()) {
			assertThat(lines).isNotNull();
			assertThat(this.provider.requests().get(0).outcome()).isEqualTo(Outcome.OPEN);
		}
		assertThat(this.provider.requests().get(0).awaitOutcome(Duration.ofSeconds(30))).isEqualTo(Outcome.ABORTED);
	}

	@ParameterizedTest
	@EnumSource
	void aSlowFirstTokenIsFollowedByTheRest(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.slowFirstToken(Duration.ofMillis(200)));
		WireClient client = new WireClient(this.provider, wire);
		long start = System.nanoTime();
		assertThat(client.streamedText(client.events("hi"))).isEqualTo("0123456789abcdefghij");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource
	void aWholeAnswerIsSlowBeforeItsHeaders(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.slowFirstToken(Duration.ofMillis(200)));
		WireClient client = new WireClient(this.provider, wire);
		long start = System.nanoTime();
		HttpResponse<String> response = client.ask("hi");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(200);
		assertThat(client.text(response.body())).isEqualTo("0123456789abcdefghij");
	}

	@ParameterizedTest
	@EnumSource
	void aDrippingAnswerIsWhole(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.drip(Duration.ofMillis(30)));
		WireClient client = new WireClient(this.provider, wire);
		long start = System.nanoTime();
		assertThat(client.streamedText(client.events("hi"))).isEqualTo("0123456789abcdefghij");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(4 * 30);
		start = System.nanoTime();
		assertThat(client.text(client.ask("hi").body())).isEqualTo("0123456789abcdefghij");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(4 * 30);
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerHasAPaceOfItsOwn(SimulatedWire wire) throws Exception {
		this.provider.answers(
				Answer.text("abcdefghij").inChunksOf(2).after(Duration.ofMillis(100)).paced(Duration.ofMillis(20)));
		WireClient client = new WireClient(this.provider, wire);
		long start = System.nanoTime();
		assertThat(client.streamedText(client.events("hi"))).isEqualTo("abcdefghij");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(100 + 4 * 20);
	}

	@Test
	void faultsComeInOrderAndSomeAreBounded() throws Exception {
		this.provider.fails(Fault.status(500).times(2), Fault.status(503).times(1)).fails(Fault.status(429).times(1));
		assertThat(statuses(5)).containsExactly(500, 500, 503, 429, 200);
	}

	@Test
	void anUnboundedFaultLastsUntilRecovery() throws Exception {
		this.provider.fails(Fault.status(500));
		assertThat(statuses(3)).containsExactly(500, 500, 500);
		this.provider.recovers();
		assertThat(statuses(2)).containsExactly(200, 200);
	}

	@Test
	void aFaultLastsForATime() throws Exception {
		long start = System.nanoTime();
		this.provider.fails(Fault.status(500).during(Duration.ofMillis(300)), Fault.status(503).times(1));
		assertThat(statuses(1)).containsExactly(500);
		List<Integer> seen = new ArrayList<>();
		while (!seen.contains(200)) {
			seen.addAll(statuses(1));
		}
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(300);
		assertThat(seen.stream().filter((status) -> status != 500)).containsExactly(503, 200);
	}

	@Test
	void faultsOfAModelSpareOtherModels() throws Exception {
		this.provider.model("m").fails(Fault.status(500));
		this.provider.model("n").fails(Fault.status(503));
		assertThat(statuses(1)).containsExactly(500);
		this.provider.model("m").recovers();
		assertThat(statuses(1)).containsExactly(200);
	}

	@Test
	void faultsOfAProviderSpareOtherProviders() throws Exception {
		simulator.provider("other").fails(Fault.status(500));
		assertThat(statuses(1)).containsExactly(200);
	}

	@Test
	void twoFaultsCanBefallTheSameReply() throws Exception {
		this.provider.fails(Fault.slowFirstToken(Duration.ofMillis(100)).and(Fault.endAfterTokens(1)).times(1));
		WireClient client = new WireClient(this.provider, SimulatedWire.OPENAI);
		long start = System.nanoTime();
		assertThat(client.streamedText(client.events("hi"))).isEqualTo("0123");
		assertThat(millisSince(start)).isGreaterThanOrEqualTo(100);
		assertThat(client.streamedText(client.events("hi"))).isEqualTo("0123456789abcdefghij");
	}

	@Test
	void aFaultForStreamsWaitsForAStream() throws Exception {
		this.provider.fails(Fault.missingEndMarker().times(1));
		WireClient client = new WireClient(this.provider, SimulatedWire.OPENAI);
		client.ask("hi");
		assertThat(client.events("hi")).doesNotContain("[DONE]");
		assertThat(client.events("hi")).contains("[DONE]");
	}

	@Test
	void boundsThatMeanNothingAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.silence().times(0))
			.withMessage("A fault befalls one request or more, but was to befall 0");
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.silence().during(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.cutAfterTokens(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.drip(Duration.ofMillis(-1)));
	}

	private List<Integer> statuses(int times) throws Exception {
		List<Integer> statuses = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			statuses.add(this.openai.ask("hi").statusCode());
		}
		return statuses;
	}

	private static long millisSince(long start) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
	}

}
