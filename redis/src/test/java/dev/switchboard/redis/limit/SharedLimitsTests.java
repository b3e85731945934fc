package dev.switchboard.redis.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.switchboard.call.LimitUnit;
import dev.switchboard.limit.Draw;
import dev.switchboard.limit.Grant;
import dev.switchboard.limit.Level;
import dev.switchboard.limit.LimitBucket;
import dev.switchboard.limit.LimitPeriod;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.redis.connection.RedisSettings;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.RedisServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that share a real Redis, which goes away and comes back.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SharedLimitsTests {

	private static final LimitBucket ANN = bucket("ann", 50);

	private final CuttableWay way = RedisServer.get().newWay();

	private final String prefix = RedisServer.get().newPrefix();

	private final List<RedisConnection> connections = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile Instant now = Instant.parse("2026-05-10T12:00:00Z");

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.connections.forEach(RedisConnection::close);
		this.way.close();
	}

	private RedisLimitStore node(OutageRule rule) {
		return node(RedisServer.get().url(), rule, Duration.ofSeconds(5));
	}

	private RedisLimitStore node(String url, OutageRule rule, Duration timeout) {
		RedisConnection redis = RedisConnection
			.open(RedisSettings.at(url, null, null, timeout, Duration.ofSeconds(5), this.prefix));
		this.connections.add(redis);
		await().until(() -> !redis.isAway());
		return new RedisLimitStore(redis, rule, () -> this.now);
	}

	private RedisConnection connection() {
		return this.connections.get(0);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static LimitBucket bucket(String holder, long amount) {
		return new LimitBucket("l", LimitUnit.REQUESTS, holder, amount, LimitPeriod.HOUR, Instant.EPOCH, Instant.MAX);
	}

	private static Grant take(RedisLimitStore node, LimitBucket bucket, long amount) {
		return node.take(List.of(new Draw(bucket, amount)));
	}

	private static Grant left(LimitBucket bucket, long remaining) {
		return new Grant.Granted(List.of(new Level(bucket, remaining)));
	}

	private List<Grant> atOnce(List<Callable<Grant>> callers) throws Exception {
		List<Grant> grants = new ArrayList<>();
		for (Future<Grant> grant : this.threads.invokeAll(callers)) {
			grants.add(grant.get());
		}
		return grants;
	}

	@Test
	void ofFiveHundredAtTwoNodesExactlyAsManyAreGrantedAsMayBe() throws Exception {
		List<RedisLimitStore> nodes = List.of(node(OutageRule.FAIL_CLOSED), node(OutageRule.FAIL_CLOSED));
		List<Callable<Grant>> callers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			RedisLimitStore node = nodes.get(i % 2);
			callers.add(() -> take(node, ANN, 1));
		}

		List<Grant> grants = atOnce(callers);

		assertThat(grants).hasSize(500).noneMatch(Grant.Unavailable.class::isInstance);
		assertThat(grants).filteredOn(Grant.Granted.class::isInstance).hasSize(50).doesNotHaveDuplicates();
	}

	@Test
	void whoIsRefusedOfOneBucketTakesNothingOfTheOthersAtAnyNode() throws Exception {
		List<RedisLimitStore> nodes = List.of(node(OutageRule.FAIL_CLOSED), node(OutageRule.FAIL_CLOSED));
		LimitBucket wide = bucket("wide", 60);
		LimitBucket empty = bucket("empty", 50);
		take(nodes.get(0), empty, 50);
		List<Callable<Grant>> callers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			RedisLimitStore node = nodes.get(i % 2);
			LimitBucket second = ((i / 2) % 2 == 0) ? ANN : empty;
			callers.add(() -> node.take(List.of(new Draw(wide, 1), new Draw(second, 1))));
		}

		List<Grant> grants = atOnce(callers);

		assertThat(grants).filteredOn(Grant.Granted.class::isInstance).hasSize(50);
		assertThat(take(nodes.get(0), wide, 10)).isEqualTo(left(wide, 0));
	}

	@Test
	void whatOneNodeOwesTheOtherWaitsFor() {
		RedisLimitStore one = node(OutageRule.FAIL_CLOSED);
		RedisLimitStore two = node(OutageRule.FAIL_CLOSED);
		one.correct(List.of(new Draw(ANN, 75)));

		assertThat(take(two, ANN, 1)).isEqualTo(new Grant.Refused(new Draw(ANN, 1), 0, Duration.ofSeconds(26 * 72)));
		this.now = this.now.plusSeconds(26 * 72);
		assertThat(take(two, ANN, 1)).isEqualTo(left(ANN, 0));
		assertThat(two.correct(List.of(new Draw(ANN, -1)))).containsExactly(new Level(ANN, 1));
		assertThat(take(one, ANN, 1)).isEqualTo(left(ANN, 0));
	}

	@Test
	void whileItIsAwayEachNodeGoesOnFromWhatItHasTaken(CapturedOutput output) {
		RedisLimitStore node = node(RedisServer.get().through(this.way), OutageRule.FAIL_OPEN, Duration.ofSeconds(5));
		take(node, ANN, 40);
		node.correct(List.of(new Draw(ANN, -10)));
		this.way.cut();
		await().until(connection()::isAway);

		assertThat(take(node, ANN, 5)).isEqualTo(left(ANN, 15));
		assertThat(node.correct(List.of(new Draw(ANN, 5)))).containsExactly(new Level(ANN, 10));
		assertThat(take(node, ANN, 11)).isInstanceOf(Grant.Refused.class);

		this.way.mend();
		await().until(() -> !connection().isAway());
		assertThat(take(node, ANN, 1)).as("what Redis knows of").isEqualTo(left(ANN, 19));
		assertThat(output.getOut().lines().filter((line) -> line.contains("Redis is away"))).hasSize(1);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Redis is back"))).hasSize(1);
	}

	@Test
	void whereCallsAreNotLetThroughOnTrustTheyAreRefusedWhileItIsAway() {
		RedisLimitStore node = node(RedisServer.get().through(this.way), OutageRule.FAIL_CLOSED, Duration.ofSeconds(5));
		take(node, ANN, 40);
		this.way.cut();
		await().until(connection()::isAway);

		assertThat(take(node, ANN, 1)).isEqualTo(new Grant.Unavailable(Duration.ofSeconds(1)));
		assertThat(node.correct(List.of(new Draw(ANN, -10)))).isEmpty();

		this.way.mend();
		await().until(() -> !connection().isAway());
		assertThat(take(node, ANN, 1)).isEqualTo(left(ANN, 9));
	}

	@Test
	void aSilentRedisHoldsUpAFewAndNoMore() {
		RedisLimitStore node = node(RedisServer.get().through(this.way), OutageRule.FAIL_OPEN, Duration.ofMillis(100));
		this.way.silence();

		int before = 0;
		for (int i = 0; i < 50; i++) {
			before += connection().isAway() ? 0 : 1;
			assertThat(take(node, ANN, 1)).isEqualTo(left(ANN, 49 - i));
		}

		assertThat(before).as("callers who waited for it").isBetween(1, 10);
		assertThat(take(node, ANN, 1)).isInstanceOf(Grant.Refused.class);
		this.way.mend();
		await().until(() -> !connection().isAway());
		assertThat(take(node, ANN, 1)).isEqualTo(left(ANN, 49));
	}

	@Test
	void whatIsTakenForOneWhoHasLeftIsPutBack() throws Exception {
		RedisLimitStore node = node(OutageRule.FAIL_CLOSED);
		LimitBucket bob = bucket("bob", 50);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		Future<Grant> before = this.threads.submit(() -> node.take(new Hooked(new Draw(bob, 1), 1, () -> {
			begun.countDown();
			goOn.await();
		})));
		begun.await();
		CountDownLatch left = new CountDownLatch(1);
		AtomicReference<Thread> caller = new AtomicReference<>();
		Future<Grant> leaving = this.threads.submit(() -> {
			caller.set(Thread.currentThread());
			// First they are read to find out which bucket it is, then to take.
			Grant grant = node.take(new Hooked(new Draw(ANN, 20), 2, () -> {
				caller.get().interrupt();
				left.await();
			}));
			left.countDown();
			return grant;
		});
		await().until(() -> caller.get() != null && caller.get().getState() == Thread.State.TIMED_WAITING);

		goOn.countDown();

		assertThat(leaving.get()).isInstanceOf(Grant.Unavailable.class);
		assertThat(before.get()).isEqualTo(left(bob, 49));
		await().until(() -> take(node, ANN, 0).equals(left(ANN, 50)));
		List<String> keys = connection().ask(null, (commands) -> commands.keys(this.prefix + ":*:ann"));
		assertThat(keys).as("it was taken").hasSize(1);
	}

	@Test
	void whenItIsCutAmidACrowdEverybodyIsAnswered() throws Exception {
		RedisLimitStore node = node(RedisServer.get().through(this.way), OutageRule.FAIL_CLOSED,
				Duration.ofSeconds(60));
		LimitBucket crowd = bucket("crowd", 1_000_000);
		List<Callable<Grant>> callers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			boolean cuts = i == 100;
			callers.add(() -> {
				if (cuts) {
					this.way.cut();
				}
				return node.take(List.of(new Draw(crowd, 1)));
			});
		}

		List<Grant> grants = atOnce(callers);

		assertThat(grants).hasSize(200).noneMatch(Grant.Refused.class::isInstance);
		assertThat(grants).anyMatch(Grant.Unavailable.class::isInstance);
		this.way.mend();
		await().until(() -> !connection().isAway());
		assertThat(take(node, crowd, 1)).isInstanceOf(Grant.Granted.class);
	}

	/**
	 * One draw, with which something happens when it is read for the nth time.
	 */
	private static final class Hooked extends AbstractList<Draw> {

		private final Draw draw;

		private final AtomicInteger readings;

		private final Hook hook;

		private Hooked(Draw draw, int reading, Hook hook) {
			this.draw = draw;
			this.readings = new AtomicInteger(reading);
			this.hook = hook;
		}

		@Override
		public Draw get(int index) {
			if (this.readings.decrementAndGet() == 0) {
				try {
					this.hook.run();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return this.draw;
		}

		@Override
		public int size() {
			return 1;
		}

	}

	private interface Hook {

		void run() throws InterruptedException;

	}

}
