package dev.switchboard.engine;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.call.AttemptStoppedException;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.StreamInterruptedException;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.StreamCommit;
import dev.switchboard.policy.StreamResume;
import dev.switchboard.policy.Timeouts;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StreamingTests {

	private static final String ANSWER = "The quick brown fox jumps over the lazy dog and runs away from here.";

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	private final SimulatedProvider openai = this.routes.provider("openai", Wire.OPENAI);

	private final SimulatedProvider anthropic = this.routes.provider("anthropic", Wire.ANTHROPIC);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void theChunksAreTheAnswerAndTheLastOneTellsUsageAndRecord() {
		this.openai.answers(ANSWER);

		List<ChatResponse> chunks = stream(Policies.standard()).collectList().block(LIMIT);

		assertThat(text(chunks)).isEqualTo(ANSWER);
		assertThat(chunks).hasSizeGreaterThan(3);
		ChatResponse last = chunks.get(chunks.size() - 1);
		assertThat(last.getMetadata().getUsage().getCompletionTokens()).isPositive();
		assertThat(last.getResult().getMetadata().getFinishReason()).isEqualToIgnoringCase("stop");
		CallRecord record = CallRecord.of(last);
		assertThat(record.streamed()).isTrue();
		assertThat(record.timeToFirstToken()).isLessThanOrEqualTo(record.latency());
		assertThat(record.attempts().get(0).timeToFirstToken()).isNotNull();
		assertThat(chunks.subList(0, chunks.size() - 1))
			.allSatisfy((chunk) -> assertThat(CallRecord.of(chunk)).isNull());
		assertThat(this.routes.onlyRecord()).isEqualTo(record);
	}

	@Test
	void beforeTheCommitAFallbackIsUnseen() {
		this.openai.fails(Fault.serverError());
		this.anthropic.answers(ANSWER);

		List<ChatResponse> chunks = stream(Policies.standard()).collectList().block(LIMIT);

		assertThat(text(chunks)).isEqualTo(ANSWER);
		assertThat(record(chunks).attempts()).extracting((attempt) -> attempt.outcome().label())
			.containsExactly("server-error", "server-error", "answered");
	}

	@Test
	void aSilentTargetIsLeftAtTheFirstTokenTimeout() {
		this.openai.fails(Fault.silence());
		this.anthropic.answers(ANSWER);
		Duration minute = Duration.ofMinutes(1);
		FallbackPolicy policy = Policies.standard()
			.mutate()
			.timeouts(new Timeouts(minute, Duration.ofSeconds(3), minute, minute.multipliedBy(2)))
			.build();

		List<ChatResponse> chunks = stream(policy).collectList().block(minute);

		assertThat(text(chunks)).isEqualTo(ANSWER);
		assertThat(record(chunks).attempts()).extracting((attempt) -> attempt.outcome().label())
			.containsExactly("timed-out", "answered");
		assertThat(record(chunks).attempts().get(0).latency()).isLessThan(minute.dividedBy(2));
		assertAborted(this.openai);
	}

	@Test
	void aHealthySlowStreamIsNotDisturbed() {
		this.openai.answers(Answer.text(ANSWER).inChunksOf(7).paced(Duration.ofMillis(100)));

		assertThat(text(stream(Policies.standard()).collectList().block(LIMIT))).isEqualTo(ANSWER);
		assertThat(this.openai.requestCount()).isEqualTo(1);
	}

	@Test
	void aReaderWhoTakesHisTimeIsNoSilentStream() {
		this.openai.answers(Answer.text(ANSWER).inChunksOf(4));

		StepVerifier.create(stream(Policies.standard()), 1)
			.expectNextCount(1)
			.thenAwait(Duration.ofSeconds(2))
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((chunk) -> true)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aCallerWhoLeavesAbortsTheRequestAndLeavesARecord() {
		this.openai.answers(Answer.text(ANSWER).inChunksOf(4).paced(Duration.ofMillis(100)));

		StepVerifier.create(stream(Policies.standard())).expectNextCount(2).thenCancel().verify(LIMIT);

		assertAborted(this.openai);
		assertThat(this.routes.onlyRecord().outcome().label()).isEqualTo("cancelled");
		assertThat(this.routes.onlyRecord().attempts()).singleElement()
			.satisfies((attempt) -> assertThat(attempt.usageEstimated()).isTrue());
	}

	@Test
	void aCallerWhoLeavesBeforeTheFirstTokenAbortsTheRequestToo() {
		this.openai.fails(Fault.silence());

		StepVerifier.create(stream(Policies.standard()))
			.expectSubscription()
			.then(() -> await().until(() -> this.openai.requestCount() == 1))
			.thenCancel()
			.verify(LIMIT);

		assertAborted(this.openai);
		assertThat(this.routes.onlyRecord().outcome().label()).isEqualTo("cancelled");
	}

	@Test
	void aStreamThatEndsWithoutSayingSoIsNeverWhole() {
		this.openai.fails(Fault.endAfterTokens(5));

		StreamInterruptedException ex = interrupted(Policies.strict());

		assertThat(ex.reason().kind()).isEqualTo(FailureKind.INTERRUPTED);
		assertThat(ex.record().attempts().get(0).usageEstimated()).isTrue();
	}

	@Test
	void aBreakAfterTheProviderEndedItsAnswerIsNoLoss() {
		this.openai.answers(ANSWER).fails(Fault.missingEndMarker());

		assertThat(text(stream(Policies.standard()).collectList().block(LIMIT))).isEqualTo(ANSWER);
	}

	@Test
	void aRefusalInMidStreamIsAnError() {
		this.openai.fails(Fault.contentFiltered());

		StepVerifier.create(stream(Policies.standard()))
			.thenConsumeWhile((chunk) -> true)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfAny(AttemptStoppedException.class,
					StreamInterruptedException.class))
			.verify(LIMIT);
	}

	@Test
	void withCommitCompleteABreakIsUnseenToo() {
		this.openai.answers(ANSWER).fails(Fault.cutAfterTokens(5).times(2));
		this.anthropic.answers("Another answer altogether.");

		List<ChatResponse> chunks = stream(Policies.standard().mutate().streamCommit(StreamCommit.COMPLETE).build())
			.collectList()
			.block(LIMIT);

		assertThat(text(chunks)).isEqualTo("Another answer altogether.");
		assertThat(record(chunks).attempts()).hasSize(3);
	}

	@Nested
	class Resuming {

		@Test
		void aBrokenStreamGoesOnWhereTheNextAnswerIsTheSame() {
			StreamingTests.this.openai.answers(ANSWER).fails(Fault.cutAfterTokens(5));
			StreamingTests.this.anthropic.answers(Answer.text(ANSWER).inChunksOf(3));

			List<ChatResponse> chunks = stream(Policies.standard()).collectList().block(LIMIT);

			assertThat(text(chunks)).isEqualTo(ANSWER);
			assertThat(record(chunks).attempts()).extracting((attempt) -> attempt.outcome().label())
				.containsExactly("interrupted", "answered");
			assertThat(record(chunks).answeredBy()).isEqualTo(ModelId.parse("anthropic/claude-opus-4.7"));
		}

		@Test
		void atTheFirstDifferenceTheCallerIsToldAndTheAttemptAborted() {
			StreamingTests.this.openai.answers(ANSWER).fails(Fault.cutAfterTokens(5));
			StreamingTests.this.anthropic
				.answers(Answer.text("The quick red fox, as they say.").inChunksOf(3).paced(Duration.ofMillis(50)));

			List<ChatResponse> received = new CopyOnWriteArrayList<>();
			StepVerifier.create(stream(Policies.standard()).doOnNext(received::add))
				.thenConsumeWhile((chunk) -> true)
				.expectError(StreamInterruptedException.class)
				.verify(LIMIT);

			assertThat(ANSWER).startsWith(text(received));
			assertThat(text(received)).isNotEqualTo(ANSWER);
			assertAborted(StreamingTests.this.anthropic);
		}

		@Test
		void anAnswerThatEndsBeforeWhatWasAlreadySentIsADifference() {
			StreamingTests.this.openai.answers(ANSWER).fails(Fault.cutAfterTokens(8));
			StreamingTests.this.anthropic.answers("The");

			assertThat(interrupted(Policies.standard()).record().attempts()).hasSize(2);
		}

		@Test
		void carefulNeverResumes() {
			StreamingTests.this.openai.answers(ANSWER).fails(Fault.cutAfterTokens(5));
			StreamingTests.this.anthropic.answers(ANSWER);

			assertThat(interrupted(Policies.careful()).record().attempts()).hasSize(1);
			assertThat(StreamingTests.this.anthropic.requestCount()).isZero();
		}

		@Test
		void prefillContinuesOnlyWhereTheCatalogSaysSo() {
			FallbackPolicy prefill = Policies.standard().mutate().streamResume(StreamResume.PREFILL).build();
			StreamingTests.this.openai.answers(ANSWER).fails(Fault.cutAfterTokens(5));
			StreamingTests.this.anthropic.answers((request) -> Answer
				.text(continuationOf(request.messages().get(request.messages().size() - 1).text())));
			StreamingTests.this.routes
				.catalog(new ModelCatalog(Map.of(ModelId.parse("anthropic/claude-opus-4.7"), card(true))));

			List<ChatResponse> chunks = stream(prefill).collectList().block(LIMIT);

			assertThat(text(chunks)).isEqualTo(ANSWER);
		}

		@Test
		void prefillIsNotTriedWithAModelThatIsNotKnownToAcceptIt() {
			FallbackPolicy prefill = Policies.standard().mutate().streamResume(StreamResume.PREFILL).build();
			StreamingTests.this.openai.answers(ANSWER).fails(Fault.cutAfterTokens(5));

			assertThat(interrupted(prefill).record().attempts()).hasSize(1);
			assertThat(StreamingTests.this.anthropic.requestCount()).isZero();
		}

		private String continuationOf(String begun) {
			return ANSWER.substring(begun.length());
		}

		private ModelCard card(boolean prefill) {
			return new ModelCard(200_000, null, Set.of(Modality.TEXT), true, true, false, prefill, null, "test",
					LocalDate.EPOCH);
		}

	}

	@Test
	void whenAllFailTheStreamSaysSoOnce() {
		this.openai.fails(Fault.overloaded());
		this.anthropic.fails(Fault.overloaded());

		StepVerifier.create(stream(Policies.fast())).expectError(TargetsExhaustedException.class).verify(LIMIT);
		assertThat(this.routes.onlyRecord().attempts()).hasSize(2);
	}

	@Test
	void contentIsWhatAChatClientGives() {
		this.openai.answers(ANSWER);

		assertThat(String.join("",
				this.routes.route("support", Policies.standard(), "openai/gpt-5.4")
					.client("support")
					.prompt("Hi")
					.stream()
					.content()
					.collectList()
					.block(LIMIT)))
			.isEqualTo(ANSWER);
	}

	private StreamInterruptedException interrupted(FallbackPolicy policy) {
		Throwable thrown = stream(policy).ignoreElements().cast(Throwable.class).onErrorResume(Mono::just).block(LIMIT);
		assertThat(thrown).isInstanceOf(StreamInterruptedException.class);
		return (StreamInterruptedException) thrown;
	}

	private Flux<ChatResponse> stream(FallbackPolicy policy) {
		return ChatClient
			.create(this.routes.route("support", policy, "openai/gpt-5.4", "anthropic/claude-opus-4.7")
				.model("support"))
			.prompt("Hi")
			.stream()
			.chatResponse();
	}

	private static String text(List<ChatResponse> chunks) {
		StringBuilder text = new StringBuilder();
		chunks.forEach((chunk) -> text.append(chunk.getResult().getOutput().getText()));
		return text.toString();
	}

	private static CallRecord record(List<ChatResponse> chunks) {
		return CallRecord.of(chunks.get(chunks.size() - 1));
	}

	private static void assertAborted(SimulatedProvider provider) {
		assertThat(provider.requests()).last()
			.satisfies((request) -> assertThat(request.awaitOutcome(Duration.ofSeconds(30)))
				.isEqualTo(RecordedRequest.Outcome.ABORTED));
	}

}
