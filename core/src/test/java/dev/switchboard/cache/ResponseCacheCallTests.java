package dev.switchboard.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.route.CacheScope;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.RouteName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class ResponseCacheCallTests {

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

	private final AtomicInteger asked = new AtomicInteger();

	private CacheRequest request(CacheSettings settings, CacheControl control) {
		return new CacheRequest(KEY, settings, control, null, OutageException.class::isInstance,
				() -> TestAnswers.answer("refreshed"));
	}

	private CacheRequest request(CacheSettings settings) {
		return request(settings, CacheControl.DEFAULT);
	}

	private CachedCall call(CacheRequest request, Supplier<ChatResponse> fresh) throws Exception {
		return this.cache.call(request, () -> {
			this.asked.incrementAndGet();
			return fresh.get();
		});
	}

	private CachedCall call(String answer) throws Exception {
		return call(request(SETTINGS), () -> TestAnswers.answer(answer));
	}

	@Test
	void theSecondCallIsAnsweredFromMemory() throws Exception {
		CachedCall first = call("one");
		CachedCall second = call("two");
		assertThat(first.outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(second.outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(TestAnswers.seen(second.response())).isEqualTo(TestAnswers.seen(TestAnswers.answer("one")));
		assertThat(second.response().getMetadata().<String>get("switchboard.call")).isEqualTo("the first call");
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void anAnswerIsForgottenAfterItsTime() throws Exception {
		call("one");
		this.ticker.advance(SETTINGS.ttl());
		assertThat(call("two").outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(TestAnswers.text(call("three").response())).isEqualTo("two");
	}

	@Test
	void anotherKeyHasAnotherAnswer() throws Exception {
		call("one");
		CacheRequest other = new CacheRequest(new CacheKey(KEY.route(), "b"), SETTINGS, CacheControl.DEFAULT, null,
				(ex) -> false, () -> TestAnswers.answer("refreshed"));
		assertThat(call(other, () -> TestAnswers.answer("two")).outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void whatIsHandedOutBelongsToTheReceiver() throws Exception {
		AssistantMessage message = AssistantMessage.builder()
			.content("one")
			.properties(Map.of("citations", new ArrayList<>(List.of("a"))))
			.media(List.of(new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2 }))))
			.build();
		spoil(call(request(SETTINGS), () -> TestAnswers.answer(message, "stop")).response());
		spoil(call("two").response());
		AssistantMessage third = call("three").response().getResult().getOutput();
		assertThat(third.getMetadata()).containsEntry("citations", List.of("a")).doesNotContainKey("spoiled");
		assertThat(third.getMedia().get(0).getDataAsByteArray()).containsExactly(1, 2);
	}

	@SuppressWarnings("unchecked")
	private static void spoil(ChatResponse response) {
		AssistantMessage message = response.getResult().getOutput();
		message.getMetadata().put("spoiled", true);
		((List<String>) message.getMetadata().get("citations")).add("b");
		message.getMedia().get(0).getDataAsByteArray()[0] = 9;
	}

	static List<ChatResponse> unkept() {
		AssistantMessage tools = AssistantMessage.builder()
			.content("one")
			.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}")))
			.build();
		AssistantMessage refusal = AssistantMessage.builder()
			.content("I can't")
			.properties(Map.of("refusal", "I can't"))
			.build();
		ChatResponse filtered = new ChatResponse(List.of(new Generation(new AssistantMessage("one"),
				ChatGenerationMetadata.builder().finishReason("stop").contentFilter("violence").build())));
		ChatResponse oneOfTwo = new ChatResponse(
				List.of(TestAnswers.answer("one").getResult(), TestAnswers.answer("two", "length").getResult()));
		return List.of(TestAnswers.answer("one", "length"), TestAnswers.answer("one", "max_tokens"),
				TestAnswers.answer("one", "content_filter"), TestAnswers.answer("one", "refusal"),
				TestAnswers.answer("one", "SAFETY"), TestAnswers.answer("one", "error"), TestAnswers.answer(" "),
				TestAnswers.answer(tools, "stop"), TestAnswers.answer(tools, "tool_calls"),
				TestAnswers.answer(refusal, "stop"), filtered, oneOfTwo, new ChatResponse(List.of()));
	}

	@ParameterizedTest
	@MethodSource
	void unkept(ChatResponse answer) throws Exception {
		assertThat(call(request(SETTINGS), () -> answer).response()).isSameAs(answer);
		assertThat(call("two").outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "stop", "STOP", "end_turn", "stop_sequence", "COMPLETE" })
	void wholeAnswersAreKept(String finishReason) throws Exception {
		call(request(SETTINGS), () -> TestAnswers.answer("one", finishReason));
		assertThat(call("two").outcome()).isEqualTo(CacheOutcome.HIT);
	}

	@Test
	void whoWantsAFreshAnswerGetsOneAndItIsKept() throws Exception {
		call("one");
		CachedCall fresh = call(request(SETTINGS, CacheControl.NO_CACHE), () -> TestAnswers.answer("two"));
		assertThat(fresh.outcome()).isEqualTo(CacheOutcome.BYPASS);
		assertThat(TestAnswers.text(fresh.response())).isEqualTo("two");
		assertThat(TestAnswers.text(call("three").response())).isEqualTo("two");
	}

	@Test
	void whatMustNotBeKeptIsNot() throws Exception {
		call(request(SETTINGS, CacheControl.NO_STORE), () -> TestAnswers.answer("one"));
		CacheControl lookOnly = new CacheControl(false, true, null);
		assertThat(call(request(SETTINGS, lookOnly), () -> TestAnswers.answer("two")).outcome())
			.isEqualTo(CacheOutcome.MISS);
		assertThat(call("three").outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(call(request(SETTINGS, lookOnly), () -> TestAnswers.answer("four")).outcome())
			.isEqualTo(CacheOutcome.HIT);
	}

	@Test
	void maxAgeBoundsTheAge() throws Exception {
		call("one");
		this.ticker.advance(Duration.ofSeconds(60));
		assertThat(
				call(request(SETTINGS, new CacheControl(false, false, Duration.ofSeconds(60))), () -> null).outcome())
			.isEqualTo(CacheOutcome.HIT);
		assertThat(call(request(SETTINGS, new CacheControl(false, false, Duration.ofSeconds(59))),
				() -> TestAnswers.answer("two"))
			.outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(TestAnswers.text(call("three").response())).isEqualTo("two");
	}

	@Test
	void anAnswerAfterItsTimeIsGivenAtOnceAndRefreshedOnceBehind() throws Exception {
		call(request(STALE), () -> TestAnswers.answer("one"));
		this.ticker.advance(STALE.ttl());
		for (int i = 0; i < 3; i++) {
			CachedCall stale = call(request(STALE), () -> TestAnswers.answer("two"));
			assertThat(stale.outcome()).isEqualTo(CacheOutcome.STALE);
			assertThat(TestAnswers.text(stale.response())).isEqualTo("one");
		}
		assertThat(this.refreshes).hasSize(1);
		this.refreshes.get(0).run();
		CachedCall refreshed = call(request(STALE), () -> TestAnswers.answer("two"));
		assertThat(refreshed.outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(TestAnswers.text(refreshed.response())).isEqualTo("refreshed");
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aFailedRefreshLeavesTheAnswerAndTheNextCallTriesAgain() throws Exception {
		CacheRequest failing = new CacheRequest(KEY, STALE, CacheControl.DEFAULT, null, (ex) -> true, () -> {
			throw new OutageException();
		});
		call(failing, () -> TestAnswers.answer("one"));
		this.ticker.advance(STALE.ttl());
		call(failing, () -> TestAnswers.answer("two"));
		this.refreshes.remove(0).run();
		assertThat(call(failing, () -> TestAnswers.answer("two")).outcome()).isEqualTo(CacheOutcome.STALE);
		assertThat(this.refreshes).hasSize(1);
	}

	@Test
	void beyondTheWindowOfRevalidationTheCallWaitsForAFreshAnswer() throws Exception {
		call(request(STALE), () -> TestAnswers.answer("one"));
		this.ticker.advance(STALE.ttl().plus(STALE.staleWhileRevalidate()));
		assertThat(call(request(STALE), () -> TestAnswers.answer("two")).outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(this.refreshes).isEmpty();
	}

	@Test
	void aRefreshThatIsRefusedDoesNotStopTheNextCall() throws Exception {
		ResponseCache busy = ResponseCache.builder().ticker(this.ticker).refreshExecutor((task) -> {
			throw new RejectedExecutionException();
		}).build();
		busy.call(request(STALE), () -> TestAnswers.answer("one"));
		this.ticker.advance(STALE.ttl());
		assertThat(busy.call(request(STALE), () -> TestAnswers.answer("two")).outcome()).isEqualTo(CacheOutcome.STALE);
		this.ticker.advance(STALE.staleWhileRevalidate());
		assertThat(busy.call(request(STALE), () -> TestAnswers.answer("two")).outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void inAnOutageAnOldAnswerIsBetterThanNone() throws Exception {
		call(request(STALE), () -> TestAnswers.answer("one"));
		this.ticker.advance(STALE.ttl().plus(STALE.staleIfError()).minusNanos(1));
		CachedCall stale = call(request(STALE), () -> {
			throw new OutageException();
		});
		assertThat(stale.outcome()).isEqualTo(CacheOutcome.STALE);
		assertThat(TestAnswers.text(stale.response())).isEqualTo("one");
		this.ticker.advance(Duration.ofNanos(1));
		assertThatThrownBy(() -> call(request(STALE), () -> {
			throw new OutageException();
		})).isInstanceOf(OutageException.class);
	}

	@Test
	void aFailureThatIsNoOutageIsTold() throws Exception {
		call(request(STALE), () -> TestAnswers.answer("one"));
		this.ticker.advance(STALE.ttl().plus(STALE.staleWhileRevalidate()));
		assertThatThrownBy(() -> call(request(STALE), () -> {
			throw new IllegalArgumentException("no such thing");
		})).hasMessage("no such thing");
	}

	@Test
	void callsInFlightShareOneAttempt() throws Exception {
		Flying leader = new Flying();
		List<Caller> followers = List.of(new Caller("two"), new Caller("two"), new Caller("two"));
		leader.land();
		assertThat(leader.get().outcome()).isEqualTo(CacheOutcome.MISS);
		for (Caller follower : followers) {
			CachedCall joined = follower.get();
			assertThat(joined.outcome()).isEqualTo(CacheOutcome.JOINED);
			assertThat(TestAnswers.seen(joined.response())).isEqualTo(TestAnswers.seen(TestAnswers.answer("one")));
			joined.response().getResult().getOutput().getMetadata().put("spoiled", true);
		}
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void anAnswerThatIsNotKeptIsStillShared() throws Exception {
		Flying leader = new Flying(() -> TestAnswers.answer("cut", "length"));
		Caller follower = new Caller("two");
		leader.land();
		assertThat(TestAnswers.text(follower.get().response())).isEqualTo("cut");
		assertThat(call("three").outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void aFailureReachesAllWhoShareItAndTheNextCallStartsAfresh() throws Exception {
		OutageException failure = new OutageException();
		Flying leader = new Flying(() -> {
			throw failure;
		});
		Caller follower = new Caller("two");
		leader.land();
		assertThatThrownBy(leader::get).hasCause(failure);
		assertThatThrownBy(follower::get).hasCause(failure);
		assertThat(TestAnswers.text(call("three").response())).isEqualTo("three");
	}

	@Test
	void aFollowerWhoIsInterruptedLeavesAlone() throws Exception {
		Flying leader = new Flying();
		Caller leaving = new Caller("two");
		Caller staying = new Caller("three");
		leaving.thread.interrupt();
		assertThatThrownBy(leaving::get).hasCauseInstanceOf(InterruptedException.class);
		leader.land();
		assertThat(leader.get().outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(staying.get().outcome()).isEqualTo(CacheOutcome.JOINED);
	}

	@Test
	void aFollowerWaitsNoLongerThanHisPatience() throws Exception {
		Flying leader = new Flying();
		CacheRequest hasty = new CacheRequest(KEY, SETTINGS, CacheControl.DEFAULT, Duration.ofMillis(1), (ex) -> false,
				() -> TestAnswers.answer("refreshed"));
		assertThatThrownBy(() -> call(hasty, () -> TestAnswers.answer("two"))).isInstanceOf(TimeoutException.class);
		leader.land();
		assertThat(leader.get().outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void whenTheLeaderIsInterruptedAFollowerTakesOver() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		Caller leader = new Caller(() -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted", ex);
			}
			return TestAnswers.answer("one");
		});
		List<Caller> followers = List.of(new Caller("two"), new Caller("two"), new Caller("two"));
		leader.thread.interrupt();
		assertThatThrownBy(leader::get).cause().hasMessage("interrupted");
		List<CacheOutcome> outcomes = new ArrayList<>();
		for (Caller follower : followers) {
			CachedCall answered = follower.get();
			assertThat(TestAnswers.text(answered.response())).isEqualTo("two");
			outcomes.add(answered.outcome());
		}
		assertThat(outcomes).containsOnlyOnce(CacheOutcome.MISS);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void whenTheLeadersOwnDeadlinePassesAFollowerTakesOver() throws Exception {
		Flying leader = new Flying(() -> {
			throw TestAnswers.late();
		});
		Caller follower = new Caller("two");
		leader.land();
		assertThatThrownBy(leader::get).hasCauseInstanceOf(TargetsExhaustedException.class);
		assertThat(follower.get().outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(TestAnswers.text(follower.get().response())).isEqualTo("two");
	}

	@Test
	void aCallSharesARefreshUnderWay() throws Exception {
		call(request(STALE), () -> TestAnswers.answer("one"));
		this.ticker.advance(STALE.ttl());
		call(request(STALE), () -> TestAnswers.answer("two"));
		this.ticker.advance(STALE.staleWhileRevalidate());
		Caller joined = new Caller("two");
		this.refreshes.get(0).run();
		assertThat(joined.get().outcome()).isEqualTo(CacheOutcome.JOINED);
		assertThat(TestAnswers.text(joined.get().response())).isEqualTo("refreshed");
	}

	@Test
	void whoWantsAFreshAnswerDoesNotShareOne() throws Exception {
		Flying leader = new Flying();
		assertThat(call(request(SETTINGS, CacheControl.NO_CACHE), () -> TestAnswers.answer("two")).outcome())
			.isEqualTo(CacheOutcome.BYPASS);
		leader.land();
		leader.get();
	}

	@Test
	void clearedAnswersAreGoneAlsoThoseInFlight() throws Exception {
		Flying leader = new Flying();
		this.cache.clear(KEY.route());
		leader.land();
		leader.get();
		assertThat(call("two").outcome()).isEqualTo(CacheOutcome.MISS);
		this.cache.clear(new RouteName("another"));
		assertThat(call("three").outcome()).isEqualTo(CacheOutcome.HIT);
		this.cache.clear();
		assertThat(this.cache.entries()).isZero();
		assertThat(this.cache.bytes()).isZero();
		assertThat(call("four").outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void whatWasInFlightWhenAllWasClearedDisturbsNoLaterCall() throws Exception {
		Flying cleared = new Flying();
		this.cache.clear();
		Flying later = new Flying(() -> TestAnswers.answer("two"));
		cleared.land();
		cleared.get();
		assertThat(this.cache.entries()).isZero();
		Caller follower = new Caller("three");
		later.land();
		assertThat(later.get().outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(TestAnswers.text(follower.get().response())).isEqualTo("two");
	}

	@Test
	void nobodyFindsNeitherTheCallInFlightNorItsAnswer() throws Exception {
		int rounds = 20_000;
		AtomicInteger[] asked = Stream.generate(AtomicInteger::new).limit(rounds).toArray(AtomicInteger[]::new);
		CyclicBarrier start = new CyclicBarrier(2);
		Callable<Void> calls = () -> {
			for (int round = 0; round < rounds; round++) {
				AtomicInteger counter = asked[round];
				CacheRequest request = new CacheRequest(new CacheKey(KEY.route(), "" + round), SETTINGS,
						CacheControl.DEFAULT, null, (ex) -> false, () -> TestAnswers.answer("refreshed"));
				if (round % 100 == 0) {
					start.await();
				}
				if (round % 2 == 0) {
					this.cache.call(request, () -> TestAnswers.answer("" + counter.incrementAndGet()));
				}
				else {
					this.cache.stream(request, () -> Flux.just(TestAnswers.answer("" + counter.incrementAndGet())),
							(outcome) -> {
							})
						.blockLast();
				}
			}
			return null;
		};
		FutureTask<Void> one = new FutureTask<>(calls);
		FutureTask<Void> other = new FutureTask<>(calls);
		new Thread(one).start();
		new Thread(other).start();
		one.get(20, TimeUnit.SECONDS);
		other.get(20, TimeUnit.SECONDS);
		assertThat(asked).allSatisfy((counter) -> assertThat(counter).hasValue(1));
	}

	@Test
	void theBytesAreBounded() throws Exception {
		ResponseCache small = ResponseCache.builder().maximumBytes(100_000).build();
		for (int i = 0; i < 100; i++) {
			CacheRequest request = new CacheRequest(new CacheKey(KEY.route(), "" + i), SETTINGS, CacheControl.DEFAULT,
					null, (ex) -> false, () -> TestAnswers.answer("refreshed"));
			small.call(request, () -> TestAnswers.answer("x".repeat(4_000)));
		}
		assertThat(small.bytes()).isBetween(50_000L, 100_000L);
		assertThat(small.entries()).isBetween(5L, 25L);
	}

	@Test
	void whatProvidersAddToTheAnswerCountsAsWell() throws Exception {
		record Raw(String body) {
		}
		ChatResponse answer = TestAnswers.answer("one");
		call(request(SETTINGS), () -> answer);
		long bare = this.cache.bytes();
		this.cache.clear();
		call(request(SETTINGS),
				() -> ChatResponse.builder()
					.from(answer)
					.metadata("raw", new Raw("x".repeat(10_000)))
					.metadata("pages", List.of("y".repeat(10_000)))
					.build());
		assertThat(this.cache.bytes()).isBetween(bare + 40_000, bare + 80_000);
	}

	@Test
	void anAnswerLargerThanTheCacheIsGivenButNotKept() throws Exception {
		ResponseCache small = ResponseCache.builder().maximumBytes(10_000).build();
		CachedCall large = small.call(request(SETTINGS), () -> TestAnswers.answer("x".repeat(10_000)));
		assertThat(large.outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(small.entries()).isZero();
	}

	/** A call on a thread of its own, which has come to wait. */
	private class Caller {

		final Thread thread;

		private final FutureTask<CachedCall> result;

		Caller(Supplier<ChatResponse> fresh) {
			Callable<CachedCall> call = () -> call(request(SETTINGS), fresh);
			this.result = new FutureTask<>(call);
			this.thread = new Thread(this.result);
			this.thread.start();
			Awaitility.await().until(() -> this.thread.getState() == Thread.State.WAITING);
		}

		Caller(String answer) {
			this(() -> TestAnswers.answer(answer));
		}

		CachedCall get() throws InterruptedException, ExecutionException, TimeoutException {
			return this.result.get(10, TimeUnit.SECONDS);
		}

	}

	/** A call whose targets take until they are told to answer. */
	private final class Flying {

		private final CountDownLatch landing = new CountDownLatch(1);

		private final Caller caller;

		Flying() {
			this(() -> TestAnswers.answer("one"));
		}

		Flying(Supplier<ChatResponse> answer) {
			this.caller = new Caller(() -> {
				try {
					this.landing.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				return answer.get();
			});
		}

		void land() {
			this.landing.countDown();
		}

		CachedCall get() throws InterruptedException, ExecutionException, TimeoutException {
			return this.caller.get();
		}

	}

	private static final class OutageException extends RuntimeException {

	}

}
