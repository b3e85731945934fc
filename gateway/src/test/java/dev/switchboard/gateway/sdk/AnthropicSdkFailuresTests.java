package dev.switchboard.gateway.sdk;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What users of Anthropic's own library see when something fails, and what becomes of
 * calls that they give up.
 */
class AnthropicSdkFailuresTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static RunningGateway gateway;

	private static AnthropicClient client;

	@BeforeAll
	static void start() {
		gateway = TargetWire.start();
		client = client(TargetWire.KEY);
	}

	private static AnthropicClient client(String key) {
		return AnthropicOkHttpClient.builder()
			.baseUrl(gateway.url() + "/anthropic")
			.apiKey(key)
			.maxRetries(0)
			.timeout(Duration.ofSeconds(60))
			.build();
	}

	@AfterAll
	static void stop() {
		client.close();
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@Test
	void aWrongKeyIsUnauthorized() {
		AnthropicClient stranger = client("sk-of-a-stranger");

		UnauthorizedException ex = catchThrowableOfType(UnauthorizedException.class,
				() -> stranger.messages().create(ask(TargetWire.ANTHROPIC)));

		assertThat(ex.errorType()).hasValue(ErrorType.AUTHENTICATION_ERROR);
		stranger.close();
	}

	@Test
	void anUnknownRouteIsNotFound() {
		NotFoundException ex = catchThrowableOfType(NotFoundException.class,
				() -> client.messages().create(ask(TargetWire.OPENAI).toBuilder().model("nobody").build()));

		assertThat(ex.errorType()).hasValue(ErrorType.NOT_FOUND_ERROR);
		assertThat(code(ex)).isEqualTo("unknown_route");
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.models().retrieve("nobody"));
	}

	@ParameterizedTest
	@EnumSource
	void whatTheProviderRefusesIsABadRequest(TargetWire wire) {
		wire.provider(gateway).fails(Fault.invalidRequest().message("No such thing as a flux capacitor."));

		for (boolean streamed : List.of(false, true)) {
			BadRequestException ex = failure(BadRequestException.class, ask(wire), streamed);

			assertThat(ex).hasMessageContaining("No such thing as a flux capacitor.");
			assertThat(ex.errorType()).hasValue(ErrorType.INVALID_REQUEST_ERROR);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENAI", "GEMINI" })
	void whatNobodyUnderstandsIsABadRequest(TargetWire wire) {
		BadRequestException ex = failure(BadRequestException.class,
				ask(wire).toBuilder().putAdditionalBodyProperty("temperature", JsonValue.from("hot")).build(), false);

		assertThat(ex).hasMessageContaining("temperature");
		SimulatorAssertions.assertThat(wire.provider(gateway)).wasNeverCalled();
	}

	@ParameterizedTest
	@EnumSource
	void aTooLongConversationIsABadRequestInTheProvidersWords(TargetWire wire) {
		wire.provider(gateway).fails(Fault.contextWindowExceeded().message("prompt is too long: 200001 > 200000"));

		for (boolean streamed : List.of(false, true)) {
			BadRequestException ex = failure(BadRequestException.class, ask(wire), streamed);

			assertThat(ex).hasMessageContaining("prompt is too long: 200001 > 200000");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRateLimitTellsWhenToComeBack(TargetWire wire) {
		wire.provider(gateway).fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(70)).times(1));

		RateLimitException first = failure(RateLimitException.class, ask(wire), false);
		RateLimitException second = failure(RateLimitException.class, ask(wire), true);

		assertThat(first.errorType()).hasValue(ErrorType.RATE_LIMIT_ERROR);
		assertThat(first.headers().values("Retry-After")).containsExactly("70");
		assertThat(Integer.parseInt(second.headers().values("Retry-After").get(0))).isBetween(1, 70);
		SimulatorAssertions.assertThat(wire.provider(gateway)).received(1);
	}

	@ParameterizedTest(name = "{1} at {0}")
	@CsvSource({ "OPENAI, 500", "OPENAI, 503", "OPENAI, 401", "OPENAI, 404", "ANTHROPIC, 500", "ANTHROPIC, 529",
			"ANTHROPIC, 401", "ANTHROPIC, 404", "GEMINI, 500", "GEMINI, 503", "GEMINI, 403", "GEMINI, 404" })
	void whatIsWrongAtTheProviderIsNeverTheCallersMistake(TargetWire wire, int status) {
		wire.provider(gateway).fails(Fault.status(status));

		InternalServerException ex = failure(InternalServerException.class, ask(wire), false);

		assertThat(ex.statusCode()).isEqualTo(503);
		assertThat(code(ex)).isEqualTo("targets_exhausted");
		assertThat(ex).hasMessageContaining(wire.model());
		assertThat(ex.headers().values("X-Switchboard-Call")).containsExactly(gateway.onlyRecord().id());
	}

	@ParameterizedTest
	@EnumSource
	void aStreamThatBreaksEndsInAnError(TargetWire wire) {
		wire.provider(gateway)
			.answers("A text of quite some length that nobody will ever read to its end.")
			.fails(Fault.cutAfterTokens(5));
		StringBuilder text = new StringBuilder();

		try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(ask(wire))) {
			SseException ex = catchThrowableOfType(SseException.class,
					() -> stream.stream()
						.flatMap((event) -> event.contentBlockDelta().stream())
						.flatMap((event) -> event.delta().text().stream())
						.forEach((delta) -> text.append(delta.text())));

			assertThat(ex.errorType()).hasValue(ErrorType.API_ERROR);
			assertThat(code(ex)).isEqualTo("stream_interrupted");
		}
		assertThat(text.toString()).isNotEmpty();
		assertThat("A text of quite some length").startsWith(text);
	}

	@ParameterizedTest
	@EnumSource
	void aStreamThatIsClosedEndsTheProvidersRequest(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("words ".repeat(1000)).paced(Duration.ofMillis(100)));

		try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(ask(wire))) {
			Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
			events.next();
			events.next();
		}

		SimulatorAssertions.assertThat(wire.provider(gateway)).within(SOON).wasAborted();
		assertThat(gateway.onlyRecord().attempts()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void aCallThatIsGivenUpEndsTheProvidersRequest(TargetWire wire) {
		wire.provider(gateway).fails(Fault.silence());

		assertThatExceptionOfType(AnthropicIoException.class).isThrownBy(() -> client.messages()
			.create(ask(wire), RequestOptions.builder().timeout(Duration.ofSeconds(2)).build()));

		SimulatorAssertions.assertThat(wire.provider(gateway)).within(SOON).wasAborted();
	}

	private static String code(AnthropicServiceException ex) {
		Map<?, ?> body = ex.body().convert(Map.class);
		Map<?, ?> error = (Map<?, ?>) body.get("error");
		return String.valueOf(((Map<?, ?>) error.get("details")).get("error_code"));
	}

	private static MessageCreateParams ask(TargetWire wire) {
		return MessageCreateParams.builder().model(wire.route()).maxTokens(1000).addUserMessage("Hi").build();
	}

	private static <X extends AnthropicServiceException> X failure(Class<X> type, MessageCreateParams params,
			boolean streamed) {
		gateway.records().clear();
		return catchThrowableOfType(type, () -> {
			if (streamed) {
				client.messages().createStreaming(params).close();
			}
			else {
				client.messages().create(params);
			}
		});
	}

}
