package dev.switchboard.gateway.passthrough;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.switchboard.call.CallRecord;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PassthroughTests {

	private static TestGateway gateway;

	@BeforeAll
	static void start() throws Exception {
		gateway = new TestGateway();
	}

	@AfterAll
	static void stop() throws Exception {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	static Stream<Exchanged> wires() {
		return Stream.of(
				new Exchanged("openai", "/v1/chat/completions",
						"{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}", "stop"),
				new Exchanged("openai", "/chat/completions",
						"{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"model\":\"gpt-4o\"%s}", "stop"),
				new Exchanged("openai", "/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"%s}", "completed"),
				new Exchanged("anthropic", "/v1/messages",
						"{\"model\":\"gpt-4o\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}",
						"end_turn"),
				new Exchanged("google", "/v1beta/models/gpt-4o:generateContent",
						"{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}", "STOP"));
	}

	@ParameterizedTest
	@MethodSource("wires")
	void anAnswerOfAnyWireIsPassedOnAndBooked(Exchanged wire) throws Exception {
		provider(wire.provider()).answers("Hello from far away");

		HttpResponse<String> response = gateway.post(wire.url(), wire.body(), "anthropic-version", "2023-06-01");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(response.body()).contains("Hello from far away");
		CallRecord record = gateway.onlyRecord();
		assertThat(record.route().value()).isEqualTo("passthrough");
		assertThat(record.requestedRoute().value()).isEqualTo("passthrough");
		assertThat(record.outcome().label()).isEqualTo("answered");
		assertThat(record.answeredBy()).hasToString(wire.provider() + "/gpt-4o");
		assertThat(record.responseModel()).isEqualTo("gpt-4o");
		assertThat(record.finishReason()).isEqualTo(wire.finishReason());
		assertThat(record.streamed()).isFalse();
		assertThat(record.attempts()).hasSize(1);
		assertThat(record.usage()).isNotNull();
		assertThat(record.usage().inputTokens()).isPositive();
		assertThat(record.usage().outputTokens()).isPositive();
		assertThat(response.headers().firstValue("X-Switchboard-Call")).hasValue(record.id());
		assertThat(response.headers().firstValue("X-Switchboard-Target")).hasValue(wire.provider() + "/gpt-4o");
		assertThat(response.headers().firstValue("X-Switchboard-Attempts")).hasValue("1");
	}

	@ParameterizedTest
	@MethodSource("wires")
	void aStreamOfAnyWireIsPassedOnAndBooked(Exchanged wire) throws Exception {
		provider(wire.provider()).answers("Hello from far away");

		HttpResponse<String> response = gateway.post(wire.streamUrl(),
				wire.streamBody(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"), "anthropic-version",
				"2023-06-01");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
		CallRecord record = gateway.onlyRecord();
		assertThat(record.outcome().label()).isEqualTo("answered");
		assertThat(record.streamed()).isTrue();
		assertThat(record.answeredBy()).hasToString(wire.provider() + "/gpt-4o");
		assertThat(record.responseModel()).isEqualTo("gpt-4o");
		assertThat(record.finishReason()).isEqualTo(wire.finishReason());
		assertThat(record.timeToFirstToken()).isNotNull();
		assertThat(record.attempts().get(0).usageEstimated()).isFalse();
		assertThat(record.usage()).isNotNull();
		assertThat(record.usage().inputTokens()).isPositive();
		assertThat(record.usage().outputTokens()).isPositive();
	}

	@Test
	void theCostIsThatOfTheCatalog() throws Exception {
		gateway.post("/passthrough/openai/v1/chat/completions", chat(""));
		assertThat(gateway.onlyRecord().cost().amount()).isNotNull();
	}

	@Test
	void embeddingsAreBooked() throws Exception {
		HttpResponse<String> response = gateway.post("/passthrough/openai/v1/embeddings",
				"{\"model\":\"text-embedding-3-small\",\"input\":\"Hi\"}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(gateway.onlyRecord().usage()).isNotNull();
		assertThat(gateway.onlyRecord().usage().inputTokens()).isPositive();
	}

	@ParameterizedTest
	@MethodSource("wires")
	void theProviderSeesOurCredentialAndNotTheCallers(Exchanged wire) throws Exception {
		gateway.post(wire.url() + "?key=CALLER&api_key=CALLER&access_token=CALLER", wire.body(), "Authorization",
				"Bearer CALLER", "x-api-key", "CALLER", "api-key", "CALLER", "x-goog-api-key", "CALLER", "Cookie",
				"session=CALLER", "X-Forwarded-For", "10.0.0.1", "Forwarded", "for=10.0.0.1", "X-Switchboard-Tags",
				"a=b", "anthropic-version", "2023-06-01");

		RecordedRequest seen = provider(wire.provider()).requests().get(0);
		assertThat(seen.headers().toString()).doesNotContain("CALLER").doesNotContain("10.0.0.1").doesNotContain("a=b");
		assertThat(seen.query()).isEmpty();
		assertThat(seen.headers().toString()).contains(TestGateway.key(wire.provider()));
	}

	@Test
	void aStreamArrivesPieceByPiece() throws Exception {
		provider("openai").answers("x".repeat(40)).fails(Fault.stallAfterTokens(3));

		HttpResponse<InputStream> response = stream("openai");
		BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));

		// The rest of it never comes.
		assertThat(Stream.generate(() -> line(lines)).limit(5)).anyMatch((line) -> line.contains("xxxx"));
		gateway.watch().watched.get(0).run();
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("cancelled");
	}

	@Test
	void whenACallerLeavesAStreamThenTheProvidersRequestEnds() throws Exception {
		provider("openai").answers("x".repeat(40_000)).fails(Fault.drip(Duration.ofMillis(10)));

		HttpResponse<InputStream> response = stream("openai");
		response.body().read();
		response.body().close();

		SimulatorAssertions.assertThat(provider("openai")).wasAborted();
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("cancelled");
		assertThat(gateway.onlyRecord().attempts().get(0).usageEstimated()).isTrue();
	}

	@Test
	void whenACallerLeavesASilentProviderThenItsRequestEnds() throws Exception {
		provider("openai").fails(Fault.silence());

		CompletableFuture<?> call = gateway.client()
			.sendAsync(chatRequest("openai", "").build(), HttpResponse.BodyHandlers.ofString());
		SimulatorAssertions.assertThat(provider("openai")).wasCalled();
		await().until(() -> gateway.watch().watched.size() == 1);
		gateway.watch().watched.get(0).run();

		SimulatorAssertions.assertThat(provider("openai")).wasAborted();
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("cancelled");
		assertThat(call).succeedsWithin(Duration.ofSeconds(30));
		assertThat(gateway.watch().watched).isEmpty();
	}

	@Test
	void whenACallerLeavesAStalledStreamThenItsRequestEnds() throws Exception {
		provider("openai").answers("x".repeat(40)).fails(Fault.stallAfterTokens(1));

		HttpResponse<InputStream> response = stream("openai");
		response.body().read();
		await().until(() -> gateway.watch().watched.size() == 1);
		gateway.watch().watched.get(0).run();

		SimulatorAssertions.assertThat(provider("openai")).wasAborted();
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("cancelled");
	}

	@Test
	void aFailingFilterOfTheApplicationLeavesNothingUnderWay() throws Exception {
		provider("openai").answers("x".repeat(40_000)).fails(Fault.drip(Duration.ofMillis(10)));

		gateway.post("/passthrough/openai/v1/chat/completions", chat(",\"stream\":true"), "Test-Fail-Behind", "1");

		SimulatorAssertions.assertThat(provider("openai")).wasAborted();
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("cancelled");
	}

	@Test
	void filtersOfTheApplicationSeeTheHead() throws Exception {
		HttpResponse<String> response = gateway.post("/passthrough/openai/v1/chat/completions", chat(""));
		assertThat(response.headers().firstValue("Test-Filter")).hasValue("was here");
	}

	@Test
	void aSilentProviderIsAnsweredFor() throws Exception {
		provider("openai").fails(Fault.silence());

		HttpResponse<String> response = gateway.post("/passthrough/openai/v1/chat/completions", chat(""));

		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(response.body()).startsWith("provider_timed_out");
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("timed-out");
		assertThat(response.headers().firstValue("X-Switchboard-Call")).hasValue(gateway.onlyRecord().id());
		SimulatorAssertions.assertThat(provider("openai")).wasAborted();
	}

	@Test
	void aProviderThatIsNotThereIsAnsweredFor() throws Exception {
		HttpResponse<String> response = gateway.post("/passthrough/nobody/chat/completions", chat(""));
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).startsWith("provider_unreachable").doesNotContain("127.0.0.1");
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("connection-failed");
	}

	@Test
	void aProviderThatHangsUpIsAnsweredFor() throws Exception {
		provider("openai").fails(Fault.resetBeforeHeaders());
		HttpResponse<String> response = gateway.post("/passthrough/openai/v1/chat/completions", chat(""));
		assertThat(response.statusCode()).isEqualTo(502);
		SimulatorAssertions.assertThat(provider("openai")).received(1);
	}

	@Test
	void aBrokenStreamBreaksTheConnectionToTheCaller() throws Exception {
		provider("openai").answers("x".repeat(400)).fails(Fault.cutAfterTokens(3));

		String received = rawStream("openai");

		assertThat(received).contains("xxxx").doesNotEndWith("0\r\n\r\n").doesNotContain("handled", "timestamp");
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("interrupted");
	}

	@Test
	void aStalledStreamBreaksTheConnectionToTheCaller() throws Exception {
		provider("openai").answers("x".repeat(400)).fails(Fault.stallAfterTokens(3));

		String received = rawStream("openai");

		assertThat(received).contains("xxxx").doesNotEndWith("0\r\n\r\n").doesNotContain("handled", "timestamp");
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("timed-out");
		SimulatorAssertions.assertThat(provider("openai")).wasAborted();
	}

	@Test
	void aBrokenAnswerIsNotTakenForAWholeOne() throws Exception {
		provider("openai").answers("x".repeat(40_000)).fails(Fault.cutAfterTokens(3));
		assertThatThrownBy(() -> gateway.send(chatRequest("openai", ""))).isInstanceOf(java.io.IOException.class);
	}

	@Test
	void anErrorOfTheProviderIsPassedOnAsItIs() throws Exception {
		provider("openai").fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(7)));

		HttpResponse<String> response = gateway.post("/passthrough/openai/v1/chat/completions", chat(""));

		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(response.body()).contains("\"error\"");
		CallRecord record = gateway.onlyRecord();
		assertThat(record.outcome().label()).isEqualTo("rate-limited");
		assertThat(record.cost().amount()).isNotNull();
		// And the next one is sent, whatever the last one came to.
		provider("openai").recovers();
		assertThat(gateway.post("/passthrough/openai/v1/chat/completions", chat("")).statusCode()).isEqualTo(200);
	}

	@Test
	void aStreamThatTellsNoTokensIsEstimated() throws Exception {
		provider("openai").answers("x".repeat(400)).fails(Fault.withoutUsage());
		gateway.post("/passthrough/openai/v1/chat/completions", chat(",\"stream\":true"));
		assertThat(gateway.onlyRecord().attempts().get(0).usageEstimated()).isTrue();
		assertThat(gateway.onlyRecord().attempts().get(0).usage().outputTokens()).isBetween(100L, 110L);
	}

	@Test
	void otherMethodsAreBookedWithoutAModel() throws Exception {
		provider("openai").offers("gpt-4o");
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/openai/v1/models"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("gpt-4o");
		assertThat(response.headers().firstValue("X-Switchboard-Target")).hasValue("openai");
		assertThat(gateway.onlyRecord().answeredBy()).hasToString("openai/unknown");
		assertThat(gateway.onlyRecord().usage()).isNull();
		assertThat(gateway.onlyRecord().cost().amount()).isNull();
	}

	@Test
	void providersWithoutAnApiAreSaidSo() throws Exception {
		HttpResponse<String> unknown = gateway.post("/passthrough/opnai/v1/chat/completions", chat(""));
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(unknown.body()).startsWith("unknown_provider");
		HttpResponse<String> handedIn = gateway.post("/passthrough/corporate/v1/chat/completions", chat(""));
		assertThat(handedIn.statusCode()).isEqualTo(404);
		assertThat(handedIn.body()).contains("a model of the application");
		assertThat(gateway.records()).isEmpty();
	}

	@Test
	void aCallerGetsNoFurtherThanHeMay() throws Exception {
		for (String provider : List.of("anthropic", "no-such-provider")) {
			HttpResponse<String> response = gateway.post("/passthrough/" + provider + "/v1/messages", chat(""),
					"Test-Allowed", "openai");
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).startsWith("model_not_allowed");
		}
		SimulatorAssertions.assertThat(provider("anthropic")).wasNeverCalled();
		assertThat(gateway.post("/passthrough/openai/v1/chat/completions", chat(""), "Test-Allowed", "openai")
			.statusCode()).isEqualTo(200);
		assertThat(gateway.onlyRecord().caller().name()).isEqualTo("somebody");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/passthrough/openai/../anthropic/v1/messages", "/passthrough/openai/v1/../../x",
			"/passthrough/openai/./x", "/passthrough/openai/%2e%2e/x", "/passthrough/openai/%2E/x",
			"/passthrough/openai/a%2fb", "/passthrough/openai/a%5cb", "/passthrough/openai/a\\b",
			"/passthrough/openai/%252e%252e/x", "/passthrough/openai//evil.example/x",
			"/passthrough/openai/http://evil.example/", "/passthrough/openai/v1;a=b/x", "/passthrough/openai/v1/a%00b",
			"/passthrough/openai/v1/a%0d%0aHost:b", "/passthrough/openai/v1/a%zz" })
	void nothingIsSentByAPathThatLeadsElsewhere(String path) throws Exception {
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send(
					"POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
			assertThat(caller.head().get(0)).contains(" 400");
		}
		assertThat(gateway.simulator.requests()).isEmpty();
		assertThat(gateway.records()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/passthrough/openai@evil.example/v1/x", "/passthrough/openai:80@evil.example/v1/x",
			"/passthrough/evil.example/v1/x", "/passthrough/openai%40evil.example/v1/x" })
	void aHostInPlaceOfAProviderIsNoProvider(String path) throws Exception {
		assertThat(gateway.post(path, chat("")).statusCode()).isEqualTo(404);
		assertThat(gateway.simulator.requests()).isEmpty();
	}

	private static HttpRequest.Builder chatRequest(String provider, String more) {
		return gateway.request("/passthrough/" + provider + "/v1/chat/completions")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(chat(more)));
	}

	private static HttpResponse<InputStream> stream(String provider) throws Exception {
		return gateway.client()
			.send(chatRequest(provider, ",\"stream\":true").build(), HttpResponse.BodyHandlers.ofInputStream());
	}

	private static String rawStream(String provider) throws Exception {
		String body = chat(",\"stream\":true");
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send("POST /passthrough/" + provider + "/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
					+ "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
			assertThat(caller.head()).contains("Transfer-Encoding: chunked");
			return caller.rest();
		}
	}

	private static String line(BufferedReader lines) {
		try {
			return lines.readLine();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static String chat(String more) {
		return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + more + "}";
	}

	private static SimulatedProvider provider(String name) {
		return gateway.simulator.provider(name);
	}

	/** A request on some wire. */
	record Exchanged(String provider, String path, String template, String finishReason) {

		String url() {
			return "/passthrough/" + this.provider + this.path;
		}

		String body() {
			return this.template.replace("%s", "");
		}

		String streamUrl() {
			return url().replace(":generateContent", ":streamGenerateContent?alt=sse");
		}

		String streamBody(String more) {
			String said = this.path.endsWith("chat/completions") ? more : ",\"stream\":true";
			return this.template.replace("%s", said);
		}

	}

}
