package dev.switchboard.gateway.sdk;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
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
 * What users of OpenAI's own library see when something fails, and what becomes of calls
 * that they give up.
 */
class OpenAiSdkFailuresTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static RunningGateway gateway;

	private static OpenAIClient client;

	@BeforeAll
	static void start() {
		gateway = TargetWire.start();
		client = client(TargetWire.KEY);
	}

	private static OpenAIClient client(String key) {
		return OpenAIOkHttpClient.builder()
			.baseUrl(gateway.url() + "/v1")
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
		OpenAIClient stranger = client("sk-of-a-stranger");

		UnauthorizedException ex = catchThrowableOfType(UnauthorizedException.class,
				() -> stranger.chat().completions().create(ask(TargetWire.OPENAI)));

		assertThat(ex.code()).hasValue("key_invalid");
		stranger.close();
	}

	@Test
	void anUnknownRouteIsNotFound() {
		NotFoundException ex = catchThrowableOfType(NotFoundException.class,
				() -> client.chat().completions().create(ask(TargetWire.OPENAI).toBuilder().model("nobody").build()));

		assertThat(ex.code()).hasValue("unknown_route");
		assertThat(ex).hasMessageContaining("nobody");
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.models().retrieve("nobody"));
	}

	@ParameterizedTest
	@EnumSource
	void whatTheProviderRefusesIsABadRequest(TargetWire wire) {
		wire.provider(gateway).fails(Fault.invalidRequest().message("No such thing as a flux capacitor."));

		for (boolean streamed : List.of(false, true)) {
			BadRequestException ex = failure(BadRequestException.class, ask(wire), streamed);

			assertThat(ex).hasMessageContaining("No such thing as a flux capacitor.");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "ANTHROPIC", "GEMINI" })
	void whatNobodyUnderstandsIsABadRequest(TargetWire wire) {
		BadRequestException ex = failure(BadRequestException.class,
				ask(wire).toBuilder().putAdditionalBodyProperty("temperature", JsonValue.from("hot")).build(), false);

		assertThat(ex.param()).hasValue("temperature");
		SimulatorAssertions.assertThat(wire.provider(gateway)).wasNeverCalled();
	}

	@ParameterizedTest
	@EnumSource
	void aTooLongConversationIsToldByItsCode(TargetWire wire) {
		wire.provider(gateway).fails(Fault.contextWindowExceeded());

		for (boolean streamed : List.of(false, true)) {
			assertThat(failure(BadRequestException.class, ask(wire), streamed).code())
				.hasValue("context_length_exceeded");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRateLimitTellsWhenToComeBack(TargetWire wire) {
		wire.provider(gateway).fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(70)).times(1));

		RateLimitException first = failure(RateLimitException.class, ask(wire), false);
		RateLimitException second = failure(RateLimitException.class, ask(wire), true);

		assertThat(first.code()).hasValue("provider_rate_limited");
		assertThat(first.headers().values("Retry-After")).containsExactly("70");
		assertThat(Integer.parseInt(second.headers().values("Retry-After").get(0))).isBetween(1, 70);
		SimulatorAssertions.assertThat(wire.provider(gateway)).received(1);
	}

	@ParameterizedTest
	@EnumSource
	void aSpentQuotaIsToldByItsCode(TargetWire wire) {
		wire.provider(gateway).fails(Fault.quotaExhausted());

		assertThat(failure(RateLimitException.class, ask(wire), false).code()).hasValue("insufficient_quota");
	}

	@ParameterizedTest(name = "{1} at {0}")
	@CsvSource({ "OPENAI, 500", "OPENAI, 503", "OPENAI, 401", "OPENAI, 404", "ANTHROPIC, 500", "ANTHROPIC, 529",
			"ANTHROPIC, 401", "ANTHROPIC, 404", "GEMINI, 500", "GEMINI, 503", "GEMINI, 403", "GEMINI, 404" })
	void whatIsWrongAtTheProviderIsNeverTheCallersMistake(TargetWire wire, int status) {
		wire.provider(gateway).fails(Fault.status(status));

		InternalServerException ex = failure(InternalServerException.class, ask(wire), false);

		assertThat(ex.statusCode()).isEqualTo(503);
		assertThat(ex.code()).hasValue("targets_exhausted");
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

		try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(ask(wire))) {
			SseException ex = catchThrowableOfType(SseException.class, () -> stream.stream()
				.forEach((chunk) -> text.append(chunk.choices().get(0).delta().content().orElse(""))));

			assertThat(ex.code()).hasValue("stream_interrupted");
		}
		assertThat(text.toString()).isNotEmpty();
		assertThat("A text of quite some length").startsWith(text);
	}

	@ParameterizedTest
	@EnumSource
	void aStreamThatIsClosedEndsTheProvidersRequest(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("words ".repeat(1000)).paced(Duration.ofMillis(100)));

		try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(ask(wire))) {
			Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
			chunks.next();
			chunks.next();
		}

		SimulatorAssertions.assertThat(wire.provider(gateway)).within(SOON).wasAborted();
		assertThat(gateway.onlyRecord().attempts()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void aCallThatIsGivenUpEndsTheProvidersRequest(TargetWire wire) {
		wire.provider(gateway).fails(Fault.silence());

		assertThatExceptionOfType(OpenAIIoException.class).isThrownBy(() -> client.chat()
			.completions()
			.create(ask(wire), RequestOptions.builder().timeout(Duration.ofSeconds(2)).build()));

		SimulatorAssertions.assertThat(wire.provider(gateway)).within(SOON).wasAborted();
	}

	private static ChatCompletionCreateParams ask(TargetWire wire) {
		return ChatCompletionCreateParams.builder().model(wire.route()).addUserMessage("Hi").build();
	}

	private static <X extends OpenAIServiceException> X failure(Class<X> type, ChatCompletionCreateParams params,
			boolean streamed) {
		gateway.records().clear();
		return catchThrowableOfType(type, () -> {
			if (streamed) {
				client.chat().completions().createStreaming(params).close();
			}
			else {
				client.chat().completions().create(params);
			}
		});
	}

}
