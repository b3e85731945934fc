package dev.switchboard.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.fault.ErrorFault;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Errors as each provider tells them, seen from outside.
 */
class ErrorFaultsTests {

	private static final SimulatedWire OPENAI = SimulatedWire.OPENAI;

	private static final SimulatedWire RESPONSES = SimulatedWire.OPENAI_RESPONSES;

	private static final SimulatedWire ANTHROPIC = SimulatedWire.ANTHROPIC;

	private static final SimulatedWire GEMINI = SimulatedWire.GEMINI;

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
	}

	static Stream<Arguments> errors() {
		return Stream.of(row(Fault.rateLimited(), OPENAI, 429, "/error/code", "rate_limit_exceeded"),
				row(Fault.rateLimited(), RESPONSES, 429, "/error/code", "rate_limit_exceeded"),
				row(Fault.rateLimited(), ANTHROPIC, 429, "/error/type", "rate_limit_error"),
				row(Fault.rateLimited(), GEMINI, 429, "/error/status", "RESOURCE_EXHAUSTED"),
				row(Fault.quotaExhausted(), OPENAI, 429, "/error/code", "insufficient_quota"),
				row(Fault.quotaExhausted(), OPENAI, 429, "/error/type", "insufficient_quota"),
				row(Fault.quotaExhausted(), ANTHROPIC, 402, "/error/type", "billing_error"),
				row(Fault.quotaExhausted(), GEMINI, 429, "/error/details/0/violations/0/quotaId",
						"GenerateRequestsPerDayPerProjectPerModel"),
				row(Fault.overloaded(), OPENAI, 503, "/error/code", "server_is_overloaded"),
				row(Fault.overloaded(), ANTHROPIC, 529, "/error/type", "overloaded_error"),
				row(Fault.overloaded(), GEMINI, 503, "/error/status", "UNAVAILABLE"),
				row(Fault.serverError(), OPENAI, 500, "/error/type", "server_error"),
				row(Fault.serverError(), ANTHROPIC, 500, "/error/type", "api_error"),
				row(Fault.serverError(), GEMINI, 500, "/error/status", "INTERNAL"),
				row(Fault.unauthorized(), OPENAI, 401, "/error/code", "invalid_api_key"),
				row(Fault.unauthorized(), ANTHROPIC, 401, "/error/type", "authentication_error"),
				row(Fault.unauthorized(), GEMINI, 400, "/error/details/0/reason", "API_KEY_INVALID"),
				row(Fault.modelNotFound(), OPENAI, 404, "/error/code", "model_not_found"),
				row(Fault.modelNotFound(), ANTHROPIC, 404, "/error/message", "model: m"),
				row(Fault.modelNotFound(), GEMINI, 404, "/error/status", "NOT_FOUND"),
				row(Fault.contextWindowExceeded(), OPENAI, 400, "/error/code", "context_length_exceeded"),
				row(Fault.contextWindowExceeded(), ANTHROPIC, 400, "/error/message",
						"prompt is too long: 200001 tokens > 200000 maximum"),
				row(Fault.contextWindowExceeded(), GEMINI, 400, "/error/message",
						"The input token count (1048577) exceeds the maximum number of tokens allowed (1048576)."),
				row(Fault.invalidRequest(), OPENAI, 400, "/error/type", "invalid_request_error"),
				row(Fault.invalidRequest(), ANTHROPIC, 400, "/error/type", "invalid_request_error"),
				row(Fault.invalidRequest(), GEMINI, 400, "/error/status", "INVALID_ARGUMENT"),
				row(Fault.status(401), GEMINI, 401, "/error/status", "UNAUTHENTICATED"),
				row(Fault.status(403), ANTHROPIC, 403, "/error/type", "permission_error"),
				row(Fault.status(413), ANTHROPIC, 413, "/error/type", "request_too_large"),
				row(Fault.status(504), GEMINI, 504, "/error/status", "DEADLINE_EXCEEDED"),
				row(Fault.status(502), OPENAI, 502, "/error/type", "server_error"),
				row(Fault.status(422).code("invalid_value").message("no"), OPENAI, 422, "/error/code", "invalid_value"),
				row(Fault.rateLimited().type("tokens"), OPENAI, 429, "/error/type", "tokens"),
				row(Fault.overloaded().withStatus(500), ANTHROPIC, 500, "/error/type", "overloaded_error"));
	}

	private static Arguments row(ErrorFault fault, SimulatedWire wire, int status, String pointer, String value) {
		return Arguments.of(fault, wire, status, pointer, value);
	}

	@ParameterizedTest
	@MethodSource("errors")
	void anErrorIsToldAsTheProviderTellsIt(ErrorFault fault, SimulatedWire wire, int status, String pointer,
			String value) throws Exception {
		this.provider.fails(fault);
		WireClient client = new WireClient(this.provider, wire);
		for (boolean streamed : new boolean[] { false, true }) {
			HttpResponse<String> response = client.send(client.request("hi", streamed));
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
			JsonNode body = WireClient.JSON.readTree(response.body());
			assertThat(body.at(pointer).asString()).isEqualTo(value);
			assertThat(body.at("/error/message").asString()).isNotBlank();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aReplyCarriesTheIdentifierOfItsRequest(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.serverError().times(1));
		WireClient client = new WireClient(this.provider, wire);
		String header = (wire == ANTHROPIC) ? "request-id" : "x-request-id";
		HttpResponse<String> failure = client.ask("hi");
		HttpResponse<String> success = client.ask("hi");
		assertThat(failure.headers().firstValue(header).orElseThrow()).startsWith("req_sim")
			.isNotEqualTo(success.headers().firstValue(header).orElseThrow());
		if (wire == ANTHROPIC) {
			assertThat(failure.headers().firstValue(header))
				.hasValue(WireClient.JSON.readTree(failure.body()).path("request_id").asString());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenToComeBackIsToldWhereTheWireTellsIt(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.rateLimited().times(1), Fault.status(429).retryAfter(Duration.ofMillis(1500)));
		WireClient client = new WireClient(this.provider, wire);
		HttpResponse<String> without = client.ask("hi");
		assertThat(without.headers().firstValue("retry-after")).isEmpty();
		assertThat(without.body()).doesNotContain("RetryInfo");
		HttpResponse<String> with = client.ask("hi");
		if (wire == GEMINI) {
			assertThat(with.headers().firstValue("retry-after")).isEmpty();
			JsonNode details = WireClient.JSON.readTree(with.body()).at("/error/details/1");
			assertThat(details.path("@type").asString()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
			assertThat(details.path("retryDelay").asString()).isEqualTo("1.500s");
		}
		else {
			assertThat(with.headers().firstValue("retry-after")).hasValue("2");
		}
	}

	@ParameterizedTest
	@EnumSource
	void headersOfAnErrorCanBeGiven(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.overloaded().header("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"));
		HttpResponse<String> response = new WireClient(this.provider, wire).ask("hi");
		assertThat(response.headers().map()).containsEntry("retry-after", List.of("Wed, 21 Oct 2026 07:28:00 GMT"));
	}

	@ParameterizedTest
	@EnumSource
	void prefillIsRefusedOnlyWhenTheModelSpokeLast(SimulatedWire wire) throws Exception {
		this.provider.fails(Fault.prefillRefused());
		WireClient client = new WireClient(this.provider, wire);
		assertThat(client.send(client.request("go on", false, "user")).statusCode()).isEqualTo(200);
		assertThat(client.send(client.request("The answer is", false, "assistant")).statusCode()).isEqualTo(400);
		assertThat(client.send(client.request("go on", false, "user")).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource
	void otherModelsThanThoseOfferedAreNotFound(SimulatedWire wire) throws Exception {
		this.provider.offers("other");
		WireClient client = new WireClient(this.provider, wire);
		assertThat(client.ask("hi").statusCode()).isEqualTo(404);
		this.provider.offers("m", "other");
		assertThat(client.ask("hi").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource
	void aScriptedAnswerThatThrowsIsAServerError(SimulatedWire wire) throws Exception {
		this.provider.answers((request) -> {
			throw new IllegalStateException("no idea");
		});
		HttpResponse<String> response = new WireClient(this.provider, wire).ask("hi");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("no idea");
	}

	static Stream<Arguments> wrongRequests() {
		return Map
			.of(OPENAI, "/chat/completions", RESPONSES, "/responses", ANTHROPIC, "/v1/messages", GEMINI,
					"/v1beta/models/m:generateContent")
			.entrySet()
			.stream()
			.flatMap((entry) -> Stream.of("{}", "{not json", "{\"model\":\"m\",\"messages\":[],\"contents\":[]}")
				.filter((body) -> entry.getKey() != RESPONSES || !body.contains("model"))
				.map((body) -> Arguments.of(entry.getKey(), entry.getValue(), body)));
	}

	@ParameterizedTest
	@MethodSource("wrongRequests")
	void aRequestThatNoProviderWouldTakeIsRefused(SimulatedWire wire, String path, String body) throws Exception {
		HttpResponse<String> response = new WireClient(this.provider, wire).post(path, body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(WireClient.JSON.readTree(response.body()).at("/error/message").asString()).isNotBlank();
	}

	@ParameterizedTest
	@EnumSource
	void anUnknownPathIsNotFound(SimulatedWire wire) throws Exception {
		assertThat(new WireClient(this.provider, wire).post("/nothing", "{}").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource
	void impossibleErrorsAreNotMade(SimulatedWire wire) {
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(200))
			.withMessage("An error has a status from 400 to 599, but it was 200");
	}

}
