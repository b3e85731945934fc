package dev.switchboard.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.switchboard.simulator.RecordedRequest.Outcome;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Everything that can happen to an answer under way, seen from outside on every wire.
 */
class StreamFaultsTests {

	private static final Duration LONG = Duration.ofSeconds(5);

	private static final String TEXT = "0123456789abcdefghij";

	private static Simulator simulator;

	private final SimulatedProvider provider = simulator.provider("acme");

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
		this.provider.answers(TEXT);
	}

	@ParameterizedTest
	@EnumSource
	void aResetBeforeHeadersIsABrokenConnection(SimulatedWire wire) {
		this.provider.fails(Fault.resetBeforeHeaders());
		WireClient client = new WireClient(this.provider, wire);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.ask("hi"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.stream("hi"))
			.havingRootCause()
			.withMessageContaining("reset");
		assertThat(this.provider.requests()).hasSize(2)
			.allMatch((request) -> request.awaitOutcome(LONG) == Outcome.BROKEN);
	}

	@ParameterizedTest
	@EnumSource
	void silenceLastsUntilTheClientGoes(SimulatedWire wire) {
		this.provider.fails(Fault.silence());
		WireClient client = new WireClient(this.provider, wire);
		CompletableFuture<HttpResponse<Void>> pending = client.http()
			.sendAsync(client.request("hi", false), HttpResponse.BodyHandlers.discarding());
		Awaitility.await().until(() -> this.provider.requestCount() == 1);
		assertThat(this.provider.requests().get(0).awaitOutcome(Duration.ofMillis(100))).isEqualTo(Outcome.OPEN);
		pending.cancel(true);
		RecordedRequest request = this.provider.requests().get(0);
		assertThat(request.awaitOutcome(LONG)).isEqualTo(Outcome.ABORTED);
		assertThat(request.aborted()).isTrue();
		assertThat(request.completed()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void aStallComesAfterTheTokensAndLastsUntilTheClientGoes(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.stallAfterTokens(3));
		WireClient client = new WireClient(this.provider, wire);
		HttpResponse<Stream<String>> response = client.stream("hi");
		List<String> events = new ArrayList<>();
		try (Stream<String> lines = response.body()) {
			lines.filter((line) -> line.startsWith("data: "))
				.peek((line) -> events.add(line.substring("data: ".length())))
				.anyMatch((line) -> client.streamedText(events).length() == 12);
		}
		assertThat(client.streamedText(events)).isEqualTo(TEXT.substring(0, 12));
		assertThat(this.provider.requests().get(0).awaitOutcome(LONG)).isEqualTo(Outcome.ABORTED);
	}

	@ParameterizedTest
	@EnumSource
	void aCutStreamBreaksAfterTheTokens(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.cutAfterTokens(2));
		WireClient client = new WireClient(this.provider, wire);
		List<String> events = new ArrayList<>();
		HttpResponse<Stream<String>> response = client.stream("hi");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> WireClient.collect(response, events));
		assertThat(client.streamedText(events)).isEqualTo(TEXT.substring(0, 8));
		assertThat(this.provider.requests().get(0).awaitOutcome(LONG)).isEqualTo(Outcome.BROKEN);
	}

	@ParameterizedTest
	@EnumSource
	void aCutAnswerBreaksInTheMiddle(SimulatedWire wire) {
		this.provider.fails(Fault.cutAfterTokens(2));
		WireClient client = new WireClient(this.provider, wire);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.ask("hi"));
	}

	@ParameterizedTest
	@EnumSource
	void aCutBeyondTheLastTokenComesBeforeTheEnd(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.cutAfterTokens(1000));
		WireClient client = new WireClient(this.provider, wire);
		List<String> events = new ArrayList<>();
		HttpResponse<Stream<String>> response = client.stream("hi");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> WireClient.collect(response, events));
		assertThat(client.streamedText(events)).isEqualTo(TEXT);
		assertThat(events).noneMatch(StreamFaultsTests::isEndMarker);
	}

	@ParameterizedTest
	@EnumSource
	void anEarlyEndLooksClean(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.endAfterTokens(2));
		WireClient client = new WireClient(this.provider, wire);
		List<String> events = client.events("hi");
		assertThat(client.streamedText(events)).isEqualTo(TEXT.substring(0, 8));
		assertThat(String.join("", events)).doesNotContain("[DONE]", "message_stop", "end_turn", "\"stop\"", "STOP",
				"completed");
		HttpResponse<String> whole = client.ask("hi");
		assertThat(whole.statusCode()).isEqualTo(200);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> WireClient.JSON.readTree(whole.body()));
	}

	@ParameterizedTest
	@EnumSource
	void anErrorInTheStreamIsItsLastEvent(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.errorEventAfterTokens(2));
		WireClient client = new WireClient(this.provider, wire);
		List<String> events = client.events("hi");
		assertThat(client.streamedText(events)).isEqualTo(TEXT.substring(0, 8));
		String last = events.get(events.size() - 1);
		assertThat(last).contains(switch (wire) {
			case OPENAI -> "{\"error\":{\"message\":";
			case OPENAI_RESPONSES -> "\"type\":\"response.failed\"";
			case ANTHROPIC -> "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"";
			case GEMINI -> "{\"error\":{\"code\":503";
		});
		assertThat(client.ask("hi").statusCode()).isIn(503, 529);
	}

	@ParameterizedTest
	@EnumSource
	void theErrorInTheStreamCanBeChosen(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.errorEventAfterTokens(0, Fault.rateLimited().message("slow down")));
		List<String> events = new WireClient(this.provider, wire).events("hi");
		assertThat(events.get(events.size() - 1)).contains("slow down");
	}

	@ParameterizedTest
	@EnumSource
	void aMalformedEventLeavesTheRestSound(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.malformedEventAfterTokens(2));
		WireClient client = new WireClient(this.provider, wire);
		List<String> events = new ArrayList<>(client.events("hi"));
		List<String> broken = events.stream().filter(StreamFaultsTests::isBroken).toList();
		assertThat(broken).hasSize(1);
		assertThat(client.streamedText(events.subList(0, events.indexOf(broken.get(0)))))
			.isEqualTo(TEXT.substring(0, 8));
		events.removeAll(broken);
		assertThat(client.streamedText(events)).isEqualTo(TEXT);
		assertThat(client.text(client.ask("hi").body())).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@EnumSource
	void aMissingEndMarkerIsAllThatIsMissing(SimulatedWire wire) throws Exception {
		WireClient client = new WireClient(this.provider, wire);
		List<String> usual = client.events("hi");
		this.provider.fails(Fault.missingEndMarker());
		List<String> events = client.events("hi");
		assertThat(client.streamedText(events)).isEqualTo(TEXT);
		if (wire == SimulatedWire.GEMINI) {
			assertThat(events).hasSameSizeAs(usual);
		}
		else {
			assertThat(usual.get(usual.size() - 1)).matches(StreamFaultsTests::isEndMarker);
			assertThat(events).hasSize(usual.size() - 1).noneMatch(StreamFaultsTests::isEndMarker);
		}
	}

	@ParameterizedTest
	@EnumSource
	void usageCanBeLeftOut(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.withoutUsage());
		WireClient client = new WireClient(this.provider, wire);
		assertThat(client.ask("hi").body()).doesNotContain("\"output_tokens\"", "completion_tokens", "TokenCount");
		assertThat(String.join("", client.events("hi"))).doesNotContain("\"output_tokens\"", "completion_tokens",
				"TokenCount");
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyAnswerIsCompleteAndSaysNothing(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.emptyAnswer());
		WireClient client = new WireClient(this.provider, wire);
		HttpResponse<String> whole = client.ask("hi");
		assertThat(whole.statusCode()).isEqualTo(200);
		assertThat(client.text(whole.body())).isEmpty();
		assertThat(whole.body()).containsAnyOf("\"stop\"", "end_turn", "STOP", "completed");
		List<String> events = client.events("hi");
		assertThat(client.streamedText(events)).isEmpty();
		assertThat(String.join("", events)).containsAnyOf("\"stop\"", "end_turn", "STOP", "completed");
	}

	@ParameterizedTest
	@EnumSource
	void aWithheldAnswerSaysSo(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.contentFiltered());
		WireClient client = new WireClient(this.provider, wire);
		String word = switch (wire) {
			case OPENAI, OPENAI_RESPONSES -> "content_filter";
			case ANTHROPIC -> "\"stop_reason\":\"refusal\"";
			case GEMINI -> "\"finishReason\":\"SAFETY\"";
		};
		assertThat(client.ask("hi").body()).contains(word).doesNotContain(TEXT.substring(0, 4));
		assertThat(String.join("", client.events("hi"))).contains(word).doesNotContain(TEXT.substring(0, 4));
	}

	@ParameterizedTest
	@EnumSource
	void aBlockedPromptGetsNoAnswerAtAll(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.promptBlocked());
		HttpResponse<String> response = new WireClient(this.provider, wire).ask("hi");
		switch (wire) {
			case OPENAI, OPENAI_RESPONSES -> {
				assertThat(response.statusCode()).isEqualTo(400);
				assertThat(response.body()).contains("\"code\":\"content_filter\"");
			}
			case ANTHROPIC -> assertThat(response.body()).contains("\"content\":[]", "refusal");
			case GEMINI ->
				assertThat(response.body()).contains("\"blockReason\":\"SAFETY\"").doesNotContain("\"candidates\"");
		}
	}

	@ParameterizedTest
	@EnumSource
	void garbageIsAPageWithStatus200(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.garbage());
		WireClient client = new WireClient(this.provider, wire);
		for (boolean streamed : new boolean[] { false, true }) {
			HttpResponse<String> response = client.send(client.request("hi", streamed));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
			assertThat(response.body()).startsWith("<html>");
		}
	}

	@ParameterizedTest
	@EnumSource
	void brokenJsonHasTheRightContentType(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.brokenJson());
		WireClient client = new WireClient(this.provider, wire);
		HttpResponse<String> whole = client.ask("hi");
		assertThat(whole.headers().firstValue("content-type")).hasValue("application/json");
		assertThatException().isThrownBy(() -> WireClient.JSON.readTree(whole.body()));
		HttpResponse<String> streamed = client.send(client.request("hi", true));
		assertThat(streamed.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
		assertThat(streamed.body()).startsWith("data: {");
	}

	private static boolean isEndMarker(String event) {
		return event.equals("[DONE]") || event.contains("message_stop") || event.contains("\"response.completed\"");
	}

	private static boolean isBroken(String event) {
		try {
			return !event.equals("[DONE]") && WireClient.JSON.readTree(event) == null;
		}
		catch (JacksonException ex) {
			return true;
		}
	}

}
