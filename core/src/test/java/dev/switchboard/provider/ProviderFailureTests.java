package dev.switchboard.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.provider.FinishReasons.Finish;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.fault.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What each wire's library makes of what goes wrong, read by the one classifier.
 */
class ProviderFailureTests {

	@RegisterExtension
	static final Providers providers = new Providers();

	static Stream<Case> answers() {
		List<Case> cases = new ArrayList<>();
		for (boolean streamed : new boolean[] { false, true }) {
			for (Wire wire : Wire.values()) {
				boolean anthropic = wire == Wire.ANTHROPIC;
				boolean gemini = wire == Wire.GEMINI;
				Expecting expect = (name, fault, kind, status, retryAfter, message) -> cases
					.add(new Case(wire, streamed, name, fault, kind, status, retryAfter, message));
				String limit = anthropic ? "This request would exceed your organization's rate limit"
						: gemini ? "Resource has been exhausted" : "Rate limit reached for model-1";
				expect.that("429", Fault.rateLimited(), FailureKind.RATE_LIMITED, 429, null, limit);
				expect.that("429 and when to come back", Fault.rateLimited().retryAfter(Duration.ofSeconds(7)),
						FailureKind.RATE_LIMITED, 429, Duration.ofSeconds(7), limit);
				expect.that("no quota", Fault.quotaExhausted(), FailureKind.QUOTA_EXHAUSTED, anthropic ? 402 : 429,
						null, anthropic ? "Your credit balance is too low" : "You exceeded your current quota");
				expect.that("overloaded", Fault.overloaded(), FailureKind.OVERLOADED, anthropic ? 529 : 503, null,
						anthropic ? "Overloaded" : gemini ? "The model is overloaded" : "Our servers are currently");
				String broken = anthropic ? "Internal server error"
						: gemini ? "An internal error has occurred" : "The server had an error";
				for (int status : new int[] { 500, 502, 504 }) {
					expect.that(String.valueOf(status), Fault.status(status), FailureKind.SERVER_ERROR, status, null,
							broken);
				}
				expect.that("wrong key", Fault.unauthorized(), FailureKind.UNAUTHORIZED, gemini ? 400 : 401, null,
						anthropic ? "invalid x-api-key" : gemini ? "API key not valid" : "Incorrect API key provided");
				expect.that("403", Fault.status(403), FailureKind.UNAUTHORIZED, 403, null, "");
				expect.that("no such model", Fault.modelNotFound(), FailureKind.MODEL_NOT_FOUND, 404, null,
						anthropic ? "model: model-1" : gemini ? "models/model-1 is not found" : "The model `model-1`");
				expect.that("too long", Fault.contextWindowExceeded(), FailureKind.CONTEXT_WINDOW_EXCEEDED, 400, null,
						anthropic ? "prompt is too long" : gemini ? "The input token count" : "This model's maximum");
				expect.that("wrong request", Fault.invalidRequest(), FailureKind.INVALID_REQUEST, 400, null, "");
				expect.that("422", Fault.status(422), FailureKind.INVALID_REQUEST, 422, null, "");
				expect.that("408", Fault.status(408), FailureKind.TIMED_OUT, 408, null, "");
				expect.that("409", Fault.status(409), FailureKind.SERVER_ERROR, 409, null, "");
				expect.that("reset", Fault.resetBeforeHeaders(), FailureKind.CONNECTION_FAILED, null, null,
						"SocketException: Connection reset");
			}
		}
		return cases.stream();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("answers")
	void anErrorIsOfItsKind(Case fault) {
		providers.of(fault.wire).fails(fault.fault);
		List<ChatResponse> received = new ArrayList<>();
		Failure failure = failure(fault.wire, fault.streamed, received);
		assertThat(failure.kind()).isEqualTo(fault.kind);
		assertThat(failure.status()).isEqualTo(fault.status);
		assertThat(failure.retryAfter()).isEqualTo(fault.retryAfter);
		assertThat(failure.message()).startsWith(fault.message).doesNotContain(Providers.KEY);
		assertThat(failure.cause()).isNotNull();
		assertThat(received).isEmpty();
		assertThat(providers.of(fault.wire).requestCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerCannotBeReadThenItIsUnusable(Wire wire) {
		for (Fault fault : List.of(Fault.garbage(), Fault.brokenJson(), Fault.endAfterTokens(3))) {
			providers.of(wire).recovers().fails(fault);
			assertThat(failure(wire, false, new ArrayList<>()).kind()).isEqualTo(FailureKind.UNUSABLE_ANSWER);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerBreaksHalfWayThenTheConnectionFailed(Wire wire) {
		providers.of(wire).fails(Fault.cutAfterTokens(3));
		assertThat(failure(wire, false, new ArrayList<>()).kind()).isEqualTo(FailureKind.CONNECTION_FAILED);
	}

	@ParameterizedTest
	@EnumSource
	void whenAStreamBreaksThenWhatCameBeforeIsThereAndTheConnectionFailed(Wire wire) {
		providers.of(wire).answers("The quick brown fox jumps over the dog").fails(Fault.cutAfterTokens(3));
		List<ChatResponse> received = new ArrayList<>();
		assertThat(failure(wire, true, received).kind()).isEqualTo(FailureKind.CONNECTION_FAILED);
		assertThat(text(received)).isEqualTo("The quick br");
	}

	@ParameterizedTest
	@EnumSource
	void whenAStreamEndsInAnErrorEventThenTheEventTellsTheKind(Wire wire) {
		for (int tokens : new int[] { 0, 3 }) {
			providers.of(wire).recovers().fails(Fault.errorEventAfterTokens(tokens));
			List<ChatResponse> received = new ArrayList<>();
			Failure failure = failure(wire, true, received);
			assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
			assertThat(failure.status()).isNotEqualTo(Integer.valueOf(200));
			assertThat(text(received)).hasSize(4 * tokens);
			providers.of(wire).recovers().fails(Fault.errorEventAfterTokens(tokens, Fault.rateLimited()));
			assertThat(failure(wire, true, received).kind()).isEqualTo(FailureKind.RATE_LIMITED);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAStreamEndsEarlyThenItDoesNotLookFinished(Wire wire) {
		providers.of(wire).answers("The quick brown fox jumps over the dog").fails(Fault.endAfterTokens(3));
		List<ChatResponse> received = new ArrayList<>();
		Throwable thrown = catchThrowable(() -> stream(wire, received));
		// Gemini's chunks all look like the last one, so there it has to be an error.
		if (wire == Wire.GEMINI) {
			assertThat(FailureClassifier.classify(thrown).kind()).isEqualTo(FailureKind.CONNECTION_FAILED);
		}
		else {
			assertThat(thrown).isNull();
			assertThat(received).extracting(FinishReasons::judge).containsOnly(Finish.MISSING);
		}
		assertThat(text(received)).isEqualTo("The quick br");
	}

	@ParameterizedTest
	@EnumSource
	void whenOneEventIsMalformedThenTheRestOfTheStreamArrives(Wire wire) {
		providers.of(wire)
			.answers("The quick brown fox jumps over the dog")
			.fails(Fault.malformedEventAfterTokens(3).and(Fault.missingEndMarker()));
		List<ChatResponse> received = new ArrayList<>();
		stream(wire, received);
		assertThat(text(received)).isEqualTo("The quick brown fox jumps over the dog");
		assertThat(received).extracting(FinishReasons::judge).contains(Finish.NORMAL);
		assertThat(received).anyMatch((chunk) -> chunk.getMetadata().getUsage().getTotalTokens() > 0);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerIsWithheldThenItCountsAsRefused(Wire wire) {
		providers.of(wire).fails(Fault.contentFiltered());
		List<ChatResponse> received = new ArrayList<>();
		stream(wire, received);
		assertThat(received).extracting(FinishReasons::judge).contains(Finish.REFUSED);
		ChatResponse answer = providers.client(wire).model().call(new Prompt("hi"));
		assertThat(FinishReasons.judge(answer)).isEqualTo(Finish.REFUSED);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheProviderRepeatsTheKeyThenNobodyElseSeesIt(Wire wire) {
		String words = "Wrong key " + Providers.KEY + ", sent as Bearer " + Providers.KEY;
		providers.of(wire).fails(Fault.unauthorized().message(words));
		for (boolean streamed : new boolean[] { false, true }) {
			Failure failure = failure(wire, streamed, new ArrayList<>());
			assertThat(failure.message()).startsWith("Wrong key ******").doesNotContain("0123456789");
			for (Throwable cause = failure.cause(); cause != null; cause = cause.getCause()) {
				assertThat(cause.toString()).doesNotContain(Providers.KEY);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aLongMessageIsBounded(Wire wire) {
		providers.of(wire).fails(Fault.serverError().message("x".repeat(100_000)));
		assertThat(failure(wire, false, new ArrayList<>()).message()).hasSize(500).endsWith("…");
	}

	@ParameterizedTest
	@EnumSource
	void whenNobodyListensThenTheConnectionFailed(Wire wire) {
		TargetClients nowhere = TargetClients.builder()
			.provider(ProviderSettings.of("gone", wire, "http://127.0.0.1:1", null))
			.build();
		try (nowhere) {
			TargetClient client = nowhere.get(Target.of("gone/model-1"));
			assertThatThrownBy(() -> client.model().call(new Prompt("hi")))
				.satisfies((thrown) -> assertThat(FailureClassifier.classify(thrown).kind())
					.isEqualTo(FailureKind.CONNECTION_FAILED));
			assertThatThrownBy(() -> client.model().stream(new Prompt("hi")).blockLast())
				.satisfies((thrown) -> assertThat(FailureClassifier.classify(thrown).kind())
					.isEqualTo(FailureKind.CONNECTION_FAILED));
		}
	}

	private static Failure failure(Wire wire, boolean streamed, List<ChatResponse> received) {
		Throwable thrown = catchThrowable(() -> {
			if (streamed) {
				stream(wire, received);
			}
			else {
				received.add(providers.client(wire).model().call(new Prompt("hi")));
			}
		});
		assertThat(thrown).as("what %s threw", wire).isNotNull();
		return FailureClassifier.classify(thrown);
	}

	private static void stream(Wire wire, List<ChatResponse> received) {
		providers.client(wire)
			.model()
			.stream(new Prompt("hi"))
			.doOnNext(received::add)
			.blockLast(Duration.ofSeconds(20));
	}

	private static String text(List<ChatResponse> chunks) {
		StringBuilder text = new StringBuilder();
		for (ChatResponse chunk : chunks) {
			if (!chunk.getResults().isEmpty() && chunk.getResult().getOutput().getText() != null) {
				text.append(chunk.getResult().getOutput().getText());
			}
		}
		return text.toString();
	}

	private interface Expecting {

		void that(String name, Fault fault, FailureKind kind, @Nullable Integer status, @Nullable Duration retryAfter,
				String message);

	}

	record Case(Wire wire, boolean streamed, String name, Fault fault, FailureKind kind, @Nullable Integer status,
			@Nullable Duration retryAfter, String message) {

		@Override
		public String toString() {
			return this.wire + (this.streamed ? " stream: " : " call: ") + this.name;
		}

	}

}
