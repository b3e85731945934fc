package dev.switchboard.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.route.CacheScope;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.RouteName;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Two nodes that share a second level.
 */
@Timeout(30)
class SecondLevelTests {

	private static final CacheKey KEY = new CacheKey(new RouteName("cheap-fast"), "a");

	private static final CacheSettings STALE = new CacheSettings(Duration.ofMinutes(10), CacheScope.SHARED,
			Duration.ofMinutes(5), Duration.ofHours(1));

	private final FakeTicker ticker = new FakeTicker();

	private final Shared shared = new Shared();

	private final List<Runnable> refreshes = new ArrayList<>();

	private final ResponseCache one = node(64 << 20);

	private final ResponseCache two = node(64 << 20);

	private final AtomicInteger asked = new AtomicInteger();

	private final List<CacheOutcome> outcomes = new ArrayList<>();

	private ResponseCache node(long bytes) {
		return ResponseCache.builder()
			.maximumBytes(bytes)
			.ticker(this.ticker)
			.refreshExecutor(this.refreshes::add)
			.secondLevel(this.shared)
			.build();
	}

	private CacheRequest request(CacheControl control, Supplier<ChatResponse> refresh) {
		return new CacheRequest(KEY, STALE, control, Duration.ofSeconds(20), IllegalStateException.class::isInstance,
				refresh);
	}

	private CacheRequest request(CacheControl control) {
		return request(control, () -> TestAnswers.answer("refreshed"));
	}

	private CachedCall call(ResponseCache node, CacheControl control, String answer) throws Exception {
		return node.call(request(control), () -> {
			this.asked.incrementAndGet();
			return TestAnswers.answer(answer);
		});
	}

	private CachedCall call(ResponseCache node, String answer) throws Exception {
		return call(node, CacheControl.DEFAULT, answer);
	}

	private String stream(ResponseCache node, CacheControl control, String answer) {
		List<ChatResponse> chunks = node.stream(request(control), () -> {
			this.asked.incrementAndGet();
			return Flux.fromIterable(TestAnswers.chunks(answer));
		}, this.outcomes::add).collectList().block();
		return TestAnswers.text(chunks);
	}

	private static CacheControl maxAge(Duration maxAge) {
		return new CacheControl(false, false, maxAge);
	}

	@Test
	void whatOneNodeHasAskedTheOtherKnows() throws Exception {
		call(this.one, "first");

		CachedCall second = call(this.two, "second");

		assertThat(second.outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(TestAnswers.seen(second.response())).isEqualTo(TestAnswers.seen(TestAnswers.answer("first")));
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aStreamIsAnsweredFromBeyondAsWell() {
		assertThat(stream(this.one, CacheControl.DEFAULT, "first")).isEqualTo("first");
		assertThat(stream(this.two, CacheControl.DEFAULT, "second")).isEqualTo("first");

		assertThat(this.outcomes).containsExactly(CacheOutcome.MISS, CacheOutcome.MISS, CacheOutcome.HIT);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void whatWasFoundBeyondIsKeptNear() throws Exception {
		call(this.one, "first");
		call(this.two, "second");
		call(this.two, "third");
		stream(this.two, CacheControl.DEFAULT, "fourth");

		assertThat(this.shared.looks).as("once by each node").hasValue(2);
		assertThat(this.two.entries()).isEqualTo(1);
	}

	@Test
	void aNodeWithoutRoomLivesOnTheSecondLevel() throws Exception {
		ResponseCache small = node(0);
		call(this.one, "first");

		assertThat(TestAnswers.text(call(small, "second").response())).isEqualTo("first");
		assertThat(stream(small, CacheControl.DEFAULT, "third")).isEqualTo("first");
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void itsAgeCountsFromWhenItWasMade() throws Exception {
		call(this.one, "first");
		this.ticker.advance(Duration.ofMinutes(9));
		assertThat(call(this.two, "second").outcome()).isEqualTo(CacheOutcome.HIT);

		this.ticker.advance(Duration.ofMinutes(2));
		assertThat(call(this.two, "third").outcome()).isEqualTo(CacheOutcome.STALE);
	}

	@Test
	void anAnswerThatIsTooOldForTheCallerIsAskedForAgain() throws Exception {
		call(this.one, "first");
		this.ticker.advance(Duration.ofMinutes(2));

		assertThat(call(this.two, maxAge(Duration.ofMinutes(2)), "second").outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(call(this.two, maxAge(Duration.ofMinutes(1)), "third").outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(TestAnswers.text(call(this.one, maxAge(Duration.ofMinutes(1)), "fourth").response()))
			.isEqualTo("third");
	}

	@Test
	void whoWaitsForALookGetsWhatIsYoungEnoughForHimself() throws Exception {
		call(this.one, "first");
		this.ticker.advance(Duration.ofMinutes(2));
		CountDownLatch looking = this.shared.holdUp();
		FutureTask<CachedCall> leader = start(() -> call(this.two, "second"));
		Awaitility.await().until(() -> this.shared.looks.get() == 2);
		FutureTask<CachedCall> strict = start(() -> call(this.two, maxAge(Duration.ofMinutes(1)), "third"));
		Awaitility.await().until(() -> strict.isDone() || this.shared.waits(strict));

		looking.countDown();

		assertThat(TestAnswers.text(leader.get().response())).isEqualTo("first");
		assertThat(TestAnswers.text(strict.get().response())).isEqualTo("third");
	}

	@Test
	void identicalCallersLookOnceTogether() throws Exception {
		call(this.one, "first");
		CountDownLatch looking = this.shared.holdUp();
		List<FutureTask<CachedCall>> callers = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			callers.add(start(() -> call(this.two, "second")));
		}
		Awaitility.await().until(() -> callers.stream().filter(this.shared::waits).count() == 100);

		looking.countDown();

		for (FutureTask<CachedCall> caller : callers) {
			assertThat(TestAnswers.text(caller.get().response())).isEqualTo("first");
		}
		assertThat(this.shared.looks).as("one of each node").hasValue(2);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aStreamLooksOnAThreadThatMayWait() {
		stream(this.one, CacheControl.DEFAULT, "first");

		assertThat(this.shared.threads).isNotEmpty().doesNotContain(Thread.currentThread());
	}

	@Test
	void whoPassesOnWhatHeFoundIsNotInterrupted() {
		stream(this.one, CacheControl.DEFAULT, "first");
		ResponseCache small = node(0);
		AtomicInteger interrupted = new AtomicInteger();
		for (int i = 0; i < 2000; i++) {
			small.stream(request(CacheControl.DEFAULT), () -> Flux.error(new AssertionError()), (outcome) -> {
			}).doOnNext((chunk) -> {
				if (Thread.currentThread().isInterrupted()) {
					interrupted.incrementAndGet();
				}
			}).blockLast();
		}

		assertThat(interrupted).hasValue(0);
	}

	@Test
	void aStreamThatIsLeftWhileItLooksLeavesNothingBehind() throws Exception {
		CountDownLatch looking = this.shared.holdUp();
		this.two.stream(request(CacheControl.DEFAULT), () -> Flux.error(new AssertionError()), this.outcomes::add)
			.subscribe()
			.dispose();
		looking.countDown();

		assertThat(call(this.two, "second").outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void anAnswerAfterItsTimeIsRefreshedForAllNodes() throws Exception {
		call(this.one, "first");
		this.ticker.advance(Duration.ofMinutes(11));

		assertThat(call(this.two, "second").outcome()).isEqualTo(CacheOutcome.STALE);
		assertThat(stream(this.one, CacheControl.DEFAULT, "third")).isEqualTo("first");
		assertThat(this.refreshes).hasSize(2).allSatisfy(Runnable::run);

		assertThat(TestAnswers.text(call(this.one, "fourth").response())).isEqualTo("refreshed");
		assertThat(TestAnswers.text(call(this.two, "fourth").response())).isEqualTo("refreshed");
		assertThat(this.shared.keeps).as("the second refresh found what the first had kept").hasValue(2);
	}

	@Test
	void anAnswerFromBeyondMakesAnOutageGood() throws Exception {
		call(this.one, "first");
		this.ticker.advance(Duration.ofMinutes(30));

		CachedCall stale = this.two.call(request(CacheControl.DEFAULT), () -> {
			throw new IllegalStateException("out of service");
		});
		ResponseCache three = node(64 << 20);
		List<ChatResponse> chunks = three
			.stream(request(CacheControl.DEFAULT), () -> Flux.error(new IllegalStateException("out of service")),
					this.outcomes::add)
			.collectList()
			.block();

		assertThat(stale.outcome()).isEqualTo(CacheOutcome.STALE);
		assertThat(TestAnswers.text(stale.response())).isEqualTo("first");
		assertThat(TestAnswers.text(chunks)).isEqualTo("first");
		assertThat(this.outcomes).containsExactly(CacheOutcome.MISS, CacheOutcome.STALE);
	}

	@Test
	void whatNoCallerMayHaveAnyMoreIsNotFilledIn() throws Exception {
		call(this.one, "first");
		this.ticker.advance(Duration.ofHours(2));

		assertThatThrownBy(() -> this.two.call(request(CacheControl.DEFAULT), () -> {
			throw new IllegalStateException("out of service");
		})).isInstanceOf(IllegalStateException.class);
		assertThat(this.two.entries()).isZero();
	}

	@Test
	void aFreshAnswerIsNotLookedForButKept() throws Exception {
		call(this.one, "first");

		call(this.two, CacheControl.NO_CACHE, "second");
		stream(this.two, CacheControl.NO_STORE, "third");

		assertThat(this.shared.looks).as("by the first call alone").hasValue(1);
		assertThat(TestAnswers.text(call(node(0), "fourth").response())).isEqualTo("second");
	}

	@Test
	void whoDoesNotWantToBeRememberedMayUseWhatIs() throws Exception {
		CacheControl noStore = new CacheControl(false, true, null);
		call(this.two, noStore, "zero");
		assertThat(this.shared.answers).isEmpty();

		call(this.one, "first");
		assertThat(call(this.two, noStore, "second").outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(stream(node(0), noStore, "third")).isEqualTo("first");
		assertThat(this.outcomes).containsExactly(CacheOutcome.HIT);
	}

	@Test
	void anAnswerThatWouldNotBeKeptIsNotBelieved() throws Exception {
		AssistantMessage tools = AssistantMessage.builder()
			.content("one")
			.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "pay", "{}")))
			.build();
		this.shared.keep(KEY, TestAnswers.answer(tools, "stop"), Duration.ofHours(1));

		assertThat(call(this.one, "first").outcome()).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void whatIsClearedWhileItIsLookedForIsNotFilledIn() throws Exception {
		call(this.one, "first");
		CountDownLatch looking = this.shared.holdUp();
		FutureTask<CachedCall> caller = start(() -> call(this.two, "second"));
		Awaitility.await().until(() -> this.shared.looks.get() == 2);

		this.two.clear();
		looking.countDown();
		caller.get();

		assertThat(this.two.entries()).isZero();
		assertThat(this.shared.answers).isEmpty();
	}

	@Test
	void aRouteIsClearedBeyondAsWell() throws Exception {
		call(this.one, "first");
		this.one.clear(new RouteName("other"));
		assertThat(this.shared.answers).hasSize(1);

		this.one.clear(KEY.route());
		assertThat(call(this.one, "second").outcome()).isEqualTo(CacheOutcome.MISS);
	}

	private static FutureTask<CachedCall> start(Callable<CachedCall> call) {
		FutureTask<CachedCall> task = new FutureTask<>(call);
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		Shared.THREADS.put(task, thread);
		thread.start();
		return task;
	}

	private final class Shared implements SecondLevel {

		private static final Map<FutureTask<?>, Thread> THREADS = new ConcurrentHashMap<>();

		private final Map<CacheKey, Kept> answers = new ConcurrentHashMap<>();

		private final AtomicInteger looks = new AtomicInteger();

		private final AtomicInteger keeps = new AtomicInteger();

		private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

		private volatile @Nullable CountDownLatch holdUp;

		CountDownLatch holdUp() {
			CountDownLatch latch = new CountDownLatch(1);
			this.holdUp = latch;
			return latch;
		}

		/** Whether a caller can't go on before the look has ended. */
		boolean waits(FutureTask<?> caller) {
			Thread.State state = THREADS.get(caller).getState();
			return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
		}

		@Override
		public @Nullable Found find(CacheKey key, @Nullable Duration patience) {
			this.looks.incrementAndGet();
			this.threads.add(Thread.currentThread());
			Kept kept = this.answers.get(key);
			CountDownLatch latch = this.holdUp;
			if (latch != null) {
				await(latch);
			}
			return (kept != null)
					? new Found(kept.answer(), Duration.ofNanos(SecondLevelTests.this.ticker.read() - kept.madeAt()))
					: null;
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void keep(CacheKey key, ChatResponse answer, Duration lifetime) {
			this.keeps.incrementAndGet();
			this.answers.put(key, new Kept(answer, SecondLevelTests.this.ticker.read()));
		}

		@Override
		public void clear(RouteName route) {
			this.answers.keySet().removeIf((key) -> key.route().equals(route));
		}

		@Override
		public void clear() {
			this.answers.clear();
		}

	}

	private record Kept(ChatResponse answer, long madeAt) {
	}

}
