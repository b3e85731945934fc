package dev.switchboard.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.route.CacheScope;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.RouteName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class ResponseCacheStreamTests {

	private static final CacheKey KEY = new CacheKey(new RouteName("cheap-fast"), "a");

	private static final CacheSettings SETTINGS = CacheSettings.of(Duration.ofMinutes(10));

	private static final CacheSettings STALE = new CacheSettings(Duration.ofMinutes(10), CacheScope.SHARED,
			Duration.ofMinutes(5), Duration.ofHours(1));

	private final FakeTicker ticker = new FakeTicker();

	private final List<Runnable> refreshes = new ArrayList<>();

	private final ResponseCache cache = ResponseCache.builder()
		.ticker(this.ticker)
		.refreshExecutor(this.refreshes::add)
		.build();

	private final List<CacheOutcome> outcomes = new ArrayList<>();

	private final TestPublisher<ChatResponse> upstream = TestPublisher.create();

	private static CacheRequest request(CacheSettings settings, CacheControl control, Duration patience) {
		return new CacheRequest(KEY, settings, control, patience, OutageException.class::isInstance,
				() -> TestAnswers.answer("refreshed"));
	}

	private static CacheRequest request(CacheSettings settings) {
		return request(settings, CacheControl.DEFAULT, null);
	}

	private Flux<ChatResponse> stream(CacheRequest request, Supplier<Flux<ChatResponse>> fresh) {
		return this.cache.stream(request, fresh, this.outcomes::add);
	}

	private Flux<ChatResponse> stream(String... texts) {
		return stream(request(SETTINGS), () -> Flux.fromIterable(TestAnswers.chunks(texts)));
	}

	private Flux<ChatResponse> stream() {
		return stream(request(SETTINGS), this.upstream::flux);
	}

	private static List<ChatResponse> all(Flux<ChatResponse> chunks) {
		return chunks.collectList().block(Duration.ofSeconds(10));
	}

	private void emit(String... texts) {
		TestAnswers.chunks(texts).forEach(this.upstream::next);
		this.upstream.complete();
	}

	@Test
	void theSecondStreamIsReplayed() {
		List<ChatResponse> first = all(stream("one ", "two"));
		List<ChatResponse> second = all(stream("three"));
		assertThat(this.outcomes).containsExactly(CacheOutcome.MISS, CacheOutcome.HIT);
		assertThat(TestAnswers.seen(first)).isEqualTo(TestAnswers.seen(TestAnswers.chunks("one ", "two")));
		assertThat(TestAnswers.text(second)).isEqualTo("one two");
	}

	@Test
	void aReplayHasPiecesAndEndsWithEverythingElse() {
		String text = "Ein Satz mit Umlauten äöü und 😀😀😀, der lang genug ist, um geteilt zu werden. ".repeat(5);
		AssistantMessage message = AssistantMessage.builder()
			.content(text)
			.properties(Map.of("reasoningContent", "Let me think", "role", "assistant"))
			.build();
		all(stream(request(SETTINGS), () -> Flux.just(TestAnswers.answer(message, "stop"))));
		List<ChatResponse> replay = all(stream());
		assertThat(replay).hasSizeGreaterThan(5);
		assertThat(TestAnswers.text(replay)).isEqualTo(text);
		assertThat(replay).allSatisfy((chunk) -> {
			assertThat(chunk.getMetadata().getModel()).isEqualTo("gpt-test");
			assertThat(chunk.getMetadata().getId()).isEqualTo("answer-1");
		});
		assertThat(replay.get(0).getResult().getOutput().getMetadata()).containsEntry("reasoningDelta", "Let me think")
			.containsEntry("reasoningContent", "Let me think");
		assertThat(replay.subList(0, replay.size() - 1)).allSatisfy((chunk) -> {
			assertThat(chunk.getResult().getMetadata().getFinishReason()).isNull();
			assertThat(chunk.getMetadata().getUsage().getTotalTokens()).isZero();
			assertThat(chunk.getMetadata().<String>get("switchboard.call")).isNull();
		});
		ChatResponse last = replay.get(replay.size() - 1);
		assertThat(last.getResult().getMetadata().getFinishReason()).isEqualTo("stop");
		assertThat(last.getMetadata().getUsage().getTotalTokens()).isEqualTo(12);
		assertThat(last.getMetadata().<String>get("switchboard.call")).isEqualTo("the first call");
		assertThat(last.getResult().getOutput().getMetadata()).containsEntry("role", "assistant")
			.doesNotContainKey("reasoningDelta");
	}

	@Test
	void aLongAnswerIsReplayedInLargerPieces() {
		all(stream("word ".repeat(100_000)));
		List<ChatResponse> replay = all(stream());
		assertThat(replay).hasSizeBetween(200, 300);
		assertThat(TestAnswers.text(replay)).isEqualTo("word ".repeat(100_000));
	}

	@Test
	void noPieceHoldsHalfACharacter() {
		all(stream("😀".repeat(200)));
		assertThat(all(stream())).hasSizeGreaterThan(3)
			.allSatisfy((chunk) -> assertThat(TestAnswers.text(chunk).codePoints()).containsOnly("😀".codePointAt(0)));
	}

	@Test
	void aStreamAnswersACallAndACallAStream() throws Exception {
		all(stream("one ", "two"));
		CachedCall call = this.cache.call(request(SETTINGS), () -> TestAnswers.answer("three"));
		assertThat(call.outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(TestAnswers.seen(call.response())).isEqualTo(TestAnswers.seen(TestAnswers.answer("one two")));
		this.cache.clear();
		this.cache.call(request(SETTINGS), () -> TestAnswers.answer("four"));
		assertThat(TestAnswers.text(all(stream("five")))).isEqualTo("four");
	}

	@Test
	void aStreamThatBreaksOrIsCutOffIsNotKept() {
		stream(request(SETTINGS),
				() -> Flux.concat(Flux.just(TestAnswers.chunk("one")), Flux.error(new OutageException())))
			.as(StepVerifier::create)
			.expectNextCount(1)
			.verifyError(OutageException.class);
		all(stream(request(SETTINGS), () -> Flux.just(TestAnswers.chunk("no finish reason"))));
		all(stream(request(SETTINGS), () -> Flux.just(TestAnswers.chunk("cut"), TestAnswers.answer("", "length"))));
		StepVerifier.create(stream("whole"), 1).expectNextCount(1).thenCancel().verify();
		all(stream("whole"));
		assertThat(this.outcomes).containsOnly(CacheOutcome.MISS);
		assertThat(TestAnswers.text(all(stream()))).isEqualTo("whole");
	}

	@Test
	void answersOfSeveralGenerationsAreNotMixed() {
		ChatResponse both = new ChatResponse(
				List.of(new Generation(new AssistantMessage("a")), new Generation(new AssistantMessage("b"))));
		all(stream(request(SETTINGS), () -> Flux.just(both, TestAnswers.answer(""))));
		assertThat(this.cache.entries()).isZero();
	}

	@Test
	void whoWantsAFreshAnswerGetsOneAndItIsKept() {
		all(stream("one"));
		List<ChatResponse> fresh = all(stream(request(SETTINGS, CacheControl.NO_CACHE, null),
				() -> Flux.fromIterable(TestAnswers.chunks("two"))));
		assertThat(TestAnswers.text(fresh)).isEqualTo("two");
		all(stream(request(SETTINGS, CacheControl.NO_STORE, null),
				() -> Flux.fromIterable(TestAnswers.chunks("three"))));
		assertThat(TestAnswers.text(all(stream()))).isEqualTo("two");
		assertThat(this.outcomes).containsExactly(CacheOutcome.MISS, CacheOutcome.BYPASS, CacheOutcome.BYPASS,
				CacheOutcome.HIT);
	}

	@Test
	void streamsInFlightShareOneAttemptAndWhoComesLateMissesNothing() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		Supplier<Flux<ChatResponse>> fresh = () -> {
			asked.incrementAndGet();
			return this.upstream.flux();
		};
		CompletableFuture<List<ChatResponse>> leader = stream(request(SETTINGS), fresh).collectList().toFuture();
		this.upstream.next(TestAnswers.chunk("one "));
		CompletableFuture<List<ChatResponse>> late = stream(request(SETTINGS), fresh).collectList().toFuture();
		emit("two");
		List<Object> expected = TestAnswers.seen(TestAnswers.chunks("one ", "two"));
		assertThat(TestAnswers.seen(leader.get(10, TimeUnit.SECONDS))).isEqualTo(expected);
		assertThat(TestAnswers.seen(late.get(10, TimeUnit.SECONDS))).isEqualTo(expected);
		assertThat(late.get().get(0).getResult().getOutput().getMetadata())
			.isNotSameAs(leader.get().get(0).getResult().getOutput().getMetadata());
		assertThat(asked).hasValue(1);
		assertThat(this.outcomes).containsExactly(CacheOutcome.MISS, CacheOutcome.JOINED);
	}

	@Test
	void aCallSharesAStreamInFlight() throws Exception {
		CompletableFuture<List<ChatResponse>> leader = stream().collectList().toFuture();
		FutureTask<CachedCall> call = waiting(() -> TestAnswers.answer("never asked"));
		emit("one ", "two");
		assertThat(call.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(CacheOutcome.JOINED);
		assertThat(TestAnswers.seen(call.get().response())).isEqualTo(TestAnswers.seen(TestAnswers.answer("one two")));
		assertThat(leader.get(10, TimeUnit.SECONDS)).hasSize(3);
	}

	@Test
	void aCallKeepsAStreamGoingThatItsLeaderLeft() throws Exception {
		Disposable leader = stream().subscribe();
		FutureTask<CachedCall> call = waiting(() -> TestAnswers.answer("never asked"));
		leader.dispose();
		this.upstream.assertWasNotCancelled();
		emit("one");
		assertThat(TestAnswers.text(call.get(10, TimeUnit.SECONDS).response())).isEqualTo("one");
	}

	@Test
	void aStreamSharesACallInFlight() throws Exception {
		CountDownLatch landing = new CountDownLatch(1);
		FutureTask<CachedCall> leader = waiting(() -> {
			await(landing);
			return TestAnswers.answer("one");
		});
		CompletableFuture<List<ChatResponse>> stream = stream().collectList().toFuture();
		Disposable leaving = stream().subscribe();
		leaving.dispose();
		landing.countDown();
		assertThat(TestAnswers.text(stream.get(10, TimeUnit.SECONDS))).isEqualTo("one");
		assertThat(leader.get().outcome()).isEqualTo(CacheOutcome.MISS);
		this.upstream.assertNoSubscribers();
	}

	@Test
	void aStreamTakesOverFromACallWhoseThreadIsInterrupted() throws Exception {
		FutureTask<CachedCall> leader = new FutureTask<>(() -> this.cache.call(request(SETTINGS), () -> {
			await(new CountDownLatch(1));
			return TestAnswers.answer("one");
		}));
		Thread thread = start(leader);
		CompletableFuture<List<ChatResponse>> stream = stream("two").collectList().toFuture();
		thread.interrupt();
		assertThat(TestAnswers.text(stream.get(10, TimeUnit.SECONDS))).isEqualTo("two");
		assertThat(this.outcomes).containsExactly(CacheOutcome.JOINED, CacheOutcome.MISS);
	}

	@Test
	void whoeverLeavesLeavesAloneAlsoTheLeader() throws Exception {
		Disposable leader = stream().subscribe();
		Disposable leaving = stream().subscribe();
		CompletableFuture<List<ChatResponse>> staying = stream().collectList().toFuture();
		this.upstream.next(TestAnswers.chunk("one "));
		leader.dispose();
		leaving.dispose();
		this.upstream.assertWasNotCancelled();
		emit("two");
		assertThat(TestAnswers.text(staying.get(10, TimeUnit.SECONDS))).isEqualTo("one two");
		assertThat(TestAnswers.text(all(stream()))).isEqualTo("one two");
	}

	@Test
	void whenAllHaveLeftTheTargetsAreToldAtOnceAndTheNextStartsAfresh() {
		Disposable leader = stream().subscribe();
		Disposable follower = stream().subscribe();
		this.upstream.next(TestAnswers.chunk("one "));
		leader.dispose();
		follower.dispose();
		this.upstream.assertWasCancelled();
		assertThat(TestAnswers.text(all(stream("fresh")))).isEqualTo("fresh");
	}

	@Test
	void aFailureReachesAllWhoShareItAndTheNextStreamStartsAfresh() {
		OutageException failure = new OutageException();
		CompletableFuture<List<ChatResponse>> leader = stream().collectList().toFuture();
		CompletableFuture<List<ChatResponse>> follower = stream().collectList().toFuture();
		this.upstream.next(TestAnswers.chunk("one "));
		this.upstream.error(failure);
		assertThatThrownBy(() -> leader.get(10, TimeUnit.SECONDS)).hasCause(failure);
		assertThatThrownBy(() -> follower.get(10, TimeUnit.SECONDS)).hasCause(failure);
		assertThat(TestAnswers.text(all(stream("fresh")))).isEqualTo("fresh");
	}

	@Test
	void whenTheLeadersOwnDeadlinePassesWhoHasNothingYetStartsAfresh() throws Exception {
		CompletableFuture<List<ChatResponse>> leader = stream().collectList().toFuture();
		CompletableFuture<List<ChatResponse>> follower = stream("fresh").collectList().toFuture();
		FutureTask<CachedCall> call = waiting(() -> TestAnswers.answer("fresh"));
		this.upstream.error(TestAnswers.late());
		assertThatThrownBy(() -> leader.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TargetsExhaustedException.class);
		assertThat(TestAnswers.text(follower.get(10, TimeUnit.SECONDS))).isEqualTo("fresh");
		assertThat(TestAnswers.text(call.get(10, TimeUnit.SECONDS).response())).isEqualTo("fresh");
	}

	@Test
	void theTargetsSeeTheContextOfWhoeverAsked() {
		Flux<ChatResponse> fresh = Flux
			.deferContextual((context) -> Flux.fromIterable(TestAnswers.chunks(context.<String>get("trace"))));
		assertThat(TestAnswers.text(all(stream(request(SETTINGS), () -> fresh).contextWrite(Context.of("trace", "7")))))
			.isEqualTo("7");
	}

	@Test
	void theQuickestReaderIsNotHeldUpByTheSlowest() {
		TestPublisher<ChatResponse> asked = TestPublisher.create();
		StepVerifier.create(stream(request(SETTINGS), asked::flux), 1).then(() -> {
			asked.next(TestAnswers.chunk("one"));
			CompletableFuture<List<ChatResponse>> quick = stream().collectList().toFuture();
			Awaitility.await().untilAsserted(() -> asked.assertMinRequested(2));
			asked.next(TestAnswers.chunk("two"), TestAnswers.answer(""));
			asked.complete();
			assertThat(quick.join()).hasSize(3);
		}).expectNextCount(1).thenRequest(5).expectNextCount(2).verifyComplete();
	}

	@Test
	void answersOfSeveralGenerationsAreReplayedAsTheyAre() throws Exception {
		ChatResponse both = new ChatResponse(
				List.of(TestAnswers.answer("one").getResult(), TestAnswers.answer("two").getResult()));
		this.cache.call(request(SETTINGS), () -> both);
		List<ChatResponse> replay = all(stream());
		assertThat(replay).hasSize(1);
		assertThat(replay.get(0).getResults()).isEqualTo(both.getResults());
	}

	@Test
	void aFailureToStartIsAFailure() {
		stream(request(SETTINGS), () -> {
			throw new OutageException();
		}).as(StepVerifier::create).verifyError(OutageException.class);
		assertThat(TestAnswers.text(all(stream("fresh")))).isEqualTo("fresh");
	}

	@Test
	void theTargetsAreAskedForNoMoreThanTheQuickestReaderWants() {
		TestPublisher<ChatResponse> asked = TestPublisher.create();
		StepVerifier.create(stream(request(SETTINGS), asked::flux), 0).then(() -> {
			asked.assertMinRequested(0);
			asked.assertMaxRequested(0);
		}).thenRequest(2).then(() -> {
			asked.assertMinRequested(2);
			asked.assertMaxRequested(2);
			asked.next(TestAnswers.chunk("one"), TestAnswers.chunk("two"));
		}).expectNextCount(2).thenRequest(1).then(() -> {
			asked.next(TestAnswers.answer(""));
			asked.complete();
		}).expectNextCount(1).verifyComplete();
	}

	@Test
	void aReplayGivesNoMoreThanIsAskedFor() {
		all(stream("x".repeat(500)));
		StepVerifier.create(stream(), 2).expectNextCount(2).expectNoEvent(Duration.ofMillis(1)).thenCancel().verify();
	}

	@Test
	void slowReadersHoldUpNobody() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<List<ChatResponse>> leader = stream().collectList().toFuture();
		List<CompletableFuture<List<ChatResponse>>> slow = new ArrayList<>();
		for (int i = 0; i <= Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE; i++) {
			slow.add(stream().doOnNext((chunk) -> await(release)).collectList().toFuture());
		}
		CompletableFuture<List<ChatResponse>> last = stream().collectList().toFuture();
		emit("one", "two");
		assertThat(leader.get(10, TimeUnit.SECONDS)).hasSize(3);
		assertThat(last.get(10, TimeUnit.SECONDS)).hasSize(3);
		assertThat(slow).noneMatch(CompletableFuture::isDone);
		release.countDown();
		for (CompletableFuture<List<ChatResponse>> each : slow) {
			assertThat(each.get(10, TimeUnit.SECONDS)).hasSize(3);
		}
	}

	@Test
	void aFollowerWaitsNoLongerThanHisPatience() {
		Disposable leader = stream().subscribe();
		StepVerifier
			.withVirtualTime(
					() -> stream(request(SETTINGS, CacheControl.DEFAULT, Duration.ofSeconds(5)), this.upstream::flux))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(5))
			.verifyError(TimeoutException.class);
		this.upstream.assertWasNotCancelled();
		leader.dispose();
	}

	@Test
	void anAnswerAfterItsTimeIsReplayedAtOnceAndRefreshedBehind() {
		all(stream(request(STALE), () -> Flux.fromIterable(TestAnswers.chunks("one"))));
		this.ticker.advance(STALE.ttl());
		assertThat(TestAnswers.text(all(stream(request(STALE), this.upstream::flux)))).isEqualTo("one");
		assertThat(TestAnswers.text(all(stream(request(STALE), this.upstream::flux)))).isEqualTo("one");
		assertThat(this.refreshes).hasSize(1);
		this.refreshes.get(0).run();
		assertThat(TestAnswers.text(all(stream(request(STALE), this.upstream::flux)))).isEqualTo("refreshed");
		assertThat(this.outcomes).containsExactly(CacheOutcome.MISS, CacheOutcome.STALE, CacheOutcome.STALE,
				CacheOutcome.HIT);
	}

	@Test
	void inAnOutageAnOldAnswerIsBetterThanNone() {
		all(stream(request(STALE), () -> Flux.fromIterable(TestAnswers.chunks("one"))));
		this.ticker.advance(STALE.ttl().plus(STALE.staleWhileRevalidate()));
		assertThat(TestAnswers.text(all(stream(request(STALE), () -> Flux.error(new OutageException())))))
			.isEqualTo("one");
		assertThat(this.outcomes).containsExactly(CacheOutcome.MISS, CacheOutcome.MISS, CacheOutcome.STALE);
	}

	@Test
	void anOldAnswerIsNeverSetBehindTheBeginningOfAnother() {
		all(stream(request(STALE), () -> Flux.fromIterable(TestAnswers.chunks("one"))));
		this.ticker.advance(STALE.ttl().plus(STALE.staleWhileRevalidate()));
		stream(request(STALE),
				() -> Flux.concat(Flux.just(TestAnswers.chunk("two")), Flux.error(new OutageException())))
			.as(StepVerifier::create)
			.expectNextCount(1)
			.verifyError(OutageException.class);
	}

	@Test
	void manyStreamsAndCallsAtOnceAskOnce() throws Exception {
		for (int round = 0; round < 50; round++) {
			this.cache.clear();
			AtomicInteger asked = new AtomicInteger();
			CyclicBarrier start = new CyclicBarrier(8);
			List<FutureTask<String>> tasks = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				boolean streamed = i % 2 == 0;
				FutureTask<String> task = new FutureTask<>(() -> {
					start.await();
					if (streamed) {
						return TestAnswers.text(all(this.cache.stream(request(SETTINGS), () -> {
							asked.incrementAndGet();
							return Flux.fromIterable(TestAnswers.chunks("one ", "two ", "three"));
						}, (outcome) -> {
						})));
					}
					return TestAnswers.text(this.cache.call(request(SETTINGS), () -> {
						asked.incrementAndGet();
						return TestAnswers.answer("one two three");
					}).response());
				});
				tasks.add(task);
				new Thread(task).start();
			}
			for (FutureTask<String> task : tasks) {
				assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo("one two three");
			}
			assertThat(asked).hasValue(1);
		}
	}

	private FutureTask<CachedCall> waiting(Supplier<ChatResponse> fresh) {
		FutureTask<CachedCall> call = new FutureTask<>(() -> this.cache.call(request(SETTINGS), fresh));
		start(call);
		return call;
	}

	private static Thread start(FutureTask<CachedCall> call) {
		Thread thread = new Thread(call);
		thread.start();
		Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
		return thread;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	private static final class OutageException extends RuntimeException {

	}

}
