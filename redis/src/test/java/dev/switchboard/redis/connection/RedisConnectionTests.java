package dev.switchboard.redis.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.switchboard.provider.Secret;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.RedisServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Redis that goes away and comes back.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RedisConnectionTests {

	private final RedisServer server = RedisServer.get();

	private final CuttableWay way = this.server.newWay();

	private @Nullable RedisConnection opened;

	@AfterEach
	void close() {
		if (this.opened != null) {
			this.opened.close();
		}
		this.way.close();
	}

	private RedisConnection open(Duration timeout) {
		RedisSettings settings = RedisSettings.at(this.server.through(this.way), null, null, timeout,
				Duration.ofSeconds(2), this.server.newPrefix());
		this.opened = RedisConnection.open(settings);
		return this.opened;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static @Nullable String ping(RedisConnection redis) {
		return redis.ask(null, (commands) -> commands.ping());
	}

	private static List<String> lines(CapturedOutput output, Predicate<String> which) {
		return output.getOut().lines().filter(which).toList();
	}

	@Test
	void whoAsksIsAnswered(CapturedOutput output) {
		RedisConnection redis = open(Duration.ofSeconds(5));
		await().until(() -> !redis.isAway());
		String key = redis.settings().key("a", "b");

		assertThat(redis.tell((commands) -> commands.set(key, "one".getBytes(StandardCharsets.UTF_8))).join()).isTrue();
		byte[] kept = redis.ask(null, (commands) -> commands.get(key));
		assertThat(kept).asString(StandardCharsets.UTF_8).isEqualTo("one");
		assertThat(key).isEqualTo(redis.settings().keyPrefix() + ":a:b");
		assertThat(lines(output, (line) -> line.contains("WARN"))).isEmpty();
	}

	@Test
	void itNeedNotBeThereAtTheBeginning(CapturedOutput output) {
		this.way.cut();
		RedisConnection redis = open(Duration.ofSeconds(5));
		await().until(() -> this.way.accepted() >= 3);
		assertThat(ping(redis)).isNull();
		assertThat(redis.tell((commands) -> commands.ping()).join()).isFalse();

		this.way.mend();

		await().until(() -> "PONG".equals(ping(redis)));
		assertThat(lines(output, (line) -> line.contains("Redis is away"))).singleElement()
			.asString()
			.contains("WARN", "address=127.0.0.1:");
		assertThat(lines(output, (line) -> line.contains("Redis is back"))).singleElement().asString().contains("INFO");
	}

	@Test
	void whenItIsKilledNobodyWaitsAndItComesBack(CapturedOutput output) {
		RedisConnection redis = open(Duration.ofSeconds(5));
		AtomicInteger back = new AtomicInteger();
		redis.whenBack(back::incrementAndGet);
		await().until(() -> "PONG".equals(ping(redis)));

		for (int i = 0; i < 2; i++) {
			this.way.cut();
			await().until(redis::isAway);
			assertThat(ping(redis)).isNull();
			this.way.mend();
			await().until(() -> "PONG".equals(ping(redis)));
		}

		assertThat(back).hasValueGreaterThanOrEqualTo(2);
		assertThat(lines(output, (line) -> line.contains("Redis is away"))).hasSize(2);
		assertThat(lines(output, (line) -> line.contains("Redis is back"))).hasSize(2);
	}

	@Test
	void whatIsUnderWayWhenItIsKilledIsGivenUpAtOnce() throws Exception {
		RedisConnection redis = open(Duration.ofHours(1));
		await().until(() -> "PONG".equals(ping(redis)));
		this.way.silence();
		CompletableFuture<Boolean> told = redis.tell((commands) -> commands.ping());
		ExecutorService threads = Executors.newCachedThreadPool();
		Future<@Nullable String> asked = threads.submit(() -> ping(redis));

		this.way.cut();

		assertThat(told.join()).isFalse();
		assertThat(asked.get()).isNull();
		threads.shutdownNow();
	}

	@Test
	void whenItFallsSilentAFewWaitAndTheOthersDoNot(CapturedOutput output) {
		RedisConnection redis = open(Duration.ofMillis(100));
		await().until(() -> "PONG".equals(ping(redis)));
		this.way.silence();

		int sent = 0;
		for (int i = 0; i < 1000; i++) {
			sent += redis.isAway() ? 0 : 1;
			ping(redis);
		}

		assertThat(sent).as("those that went out before it was left alone").isBetween(1, 10);
		assertThat(redis.isAway()).isTrue();
		this.way.mend();
		await().until(() -> "PONG".equals(ping(redis)));
		assertThat(lines(output, (line) -> line.contains("Redis is away"))).singleElement()
			.asString()
			.contains("it answers too slowly");
		assertThat(lines(output, (line) -> line.contains("Redis is back"))).hasSize(1);
	}

	@Test
	void aRedisThatTakesConnectionsAndSaysNothingIsAway(CapturedOutput output) {
		this.way.silence();
		RedisConnection redis = open(Duration.ofMillis(100));

		await().until(() -> this.way.accepted() >= 2);

		assertThat(redis.isAway()).isTrue();
		assertThat(lines(output, (line) -> line.contains("Redis is away"))).hasSize(1);
	}

	@Test
	void commandsDoNotPileUp() {
		RedisConnection redis = open(Duration.ofHours(1));
		await().until(() -> "PONG".equals(ping(redis)));
		this.way.silence();

		List<CompletableFuture<Boolean>> told = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			told.add(redis.tell((commands) -> commands.ping()));
		}

		// Those that none of its threads has come to yet are refused there.
		await().until(() -> told.stream().filter(CompletableFuture::isDone).count() > 3000);
		assertThat(told.stream().filter(CompletableFuture::isDone)).allMatch((refused) -> !refused.join());
	}

	@Test
	void aCallerWithLittlePatienceIsNoFaultOfRedis() {
		RedisConnection redis = open(Duration.ofHours(1));
		await().until(() -> "PONG".equals(ping(redis)));
		this.way.silence();

		for (int i = 0; i < 50; i++) {
			String pong = redis.ask(Duration.ofMillis(1), (commands) -> commands.ping());
			assertThat(pong).isNull();
		}

		assertThat(redis.isAway()).isFalse();
	}

	@Test
	void anInterruptEndsTheWait() throws Exception {
		RedisConnection redis = open(Duration.ofHours(1));
		await().until(() -> "PONG".equals(ping(redis)));
		this.way.silence();
		CountDownLatch interrupted = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			ping(redis);
			if (Thread.currentThread().isInterrupted()) {
				interrupted.countDown();
			}
		});
		thread.start();

		thread.interrupt();

		interrupted.await();
		assertThat(redis.isAway()).isFalse();
	}

	@Test
	void whatRedisRefusesIsToldOnceAndWithoutTheCommand(CapturedOutput output) {
		RedisConnection redis = open(Duration.ofSeconds(5));
		await().until(() -> !redis.isAway());
		String key = redis.settings().key("list");
		redis.tell((commands) -> commands.lpush(key, "x".getBytes(StandardCharsets.UTF_8))).join();

		for (int i = 0; i < 50; i++) {
			byte[] refused = redis.ask(null, (commands) -> commands.get(key));
			assertThat(refused).isNull();
		}

		assertThat(redis.isAway()).as("it answers, if not as one would like").isFalse();
		assertThat(lines(output, (line) -> line.contains("Redis refuses commands"))).singleElement()
			.asString()
			.contains("WARN", "code=WRONGTYPE")
			.doesNotContain("Operation against");
	}

	@Test
	void aWrongPasswordIsToldWithoutThePassword(CapturedOutput output) {
		RedisSettings settings = RedisSettings.at("rediss://nobody:secret-one@127.0.0.1:1", "nobody",
				Secret.of("secret-two"), Duration.ofSeconds(5), Duration.ofSeconds(5), this.server.newPrefix());
		assertThat(settings.toString()).isEqualTo("RedisSettings[127.0.0.1:1]");
		assertThat(settings.uri().isSsl()).isTrue();

		this.opened = RedisConnection.open(RedisSettings.at(this.server.url(), "nobody", Secret.of("secret-two"),
				Duration.ofSeconds(5), Duration.ofSeconds(5), this.server.newPrefix()));

		// The first attempt may be told as a connection that was closed, which it is too.
		await().until(() -> output.getOut().contains("WRONGPASS"));
		assertThat(output.getOut()).contains("Redis is away").doesNotContain("secret-");
	}

	@Test
	void onlyUrlsOfARedisAreOnes() {
		assertThat(List.of("redis://localhost", "redis://localhost:6379/1", "rediss://user:pw@redis.internal:6380"))
			.allMatch(RedisSettings::isUrl);
		assertThat(List.of("", "localhost:6379", "http://localhost", "redis://", "redis-sentinel://a/b",
				"redis://localhost:port", "redis+tls://x"))
			.noneMatch(RedisSettings::isUrl);
	}

}
