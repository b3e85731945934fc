package dev.switchboard.redis.change;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.change.ChangeFeed.Registration;
import dev.switchboard.change.ChangeFeed.Topic;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.redis.connection.RedisSettings;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.RedisServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes and a real Redis between them.
 */
@Timeout(120)
class RedisChangeFeedTests {

	private final CuttableWay way = RedisServer.get().newWay();

	private final String prefix = RedisServer.get().newPrefix();

	private final RedisConnection redisOne = RedisConnection.open(settings(RedisServer.get().through(this.way)));

	private final RedisConnection redisTwo = RedisConnection.open(settings(RedisServer.get().url()));

	private final RedisChangeFeed one = new RedisChangeFeed(this.redisOne);

	private final RedisChangeFeed two = new RedisChangeFeed(this.redisTwo);

	private RedisSettings settings(String url) {
		return RedisSettings.at(url, null, null, Duration.ofSeconds(5), Duration.ofSeconds(5), this.prefix);
	}

	@BeforeEach
	void connect() {
		await().until(() -> !this.redisOne.isAway() && listeners() == 2);
	}

	// Redis itself knows best who listens by now.
	private long listeners() {
		Long listeners = this.redisTwo.ask(null, (commands) -> commands.pubsubNumsub(this.prefix + ":changes")
			.thenApply((counts) -> counts.get(this.prefix + ":changes")));
		return (listeners != null) ? listeners : 0;
	}

	@AfterEach
	void close() throws Exception {
		this.one.close();
		this.two.close();
		this.redisOne.close();
		this.redisTwo.close();
		this.way.close();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	@Test
	void theOthersHearOfAChangeAndWhoTellsItDoesNot() {
		AtomicInteger own = new AtomicInteger();
		AtomicInteger others = new AtomicInteger();
		AtomicInteger elsewhere = new AtomicInteger();
		this.one.listen(Topic.KEYS, own::incrementAndGet);
		this.two.listen(Topic.KEYS, others::incrementAndGet);
		this.two.listen(Topic.SETTINGS, elsewhere::incrementAndGet);

		this.one.announce(Topic.KEYS);
		await().until(() -> others.get() >= 1);
		this.two.announce(Topic.KEYS);
		await().until(() -> own.get() >= 1);

		assertThat(others).hasValue(1);
		assertThat(own).hasValue(1);
		assertThat(elsewhere).hasValue(0);
	}

	@Test
	void whoListensNoMoreHearsNothing() {
		AtomicInteger first = new AtomicInteger();
		AtomicInteger second = new AtomicInteger();
		Registration registration = this.two.listen(Topic.KEYS, first::incrementAndGet);
		this.two.listen(Topic.KEYS, second::incrementAndGet);

		registration.close();
		this.one.announce(Topic.KEYS);

		await().until(() -> second.get() == 1);
		assertThat(first).hasValue(0);
	}

	@Test
	void aListenerThatFailsKeepsNobodyFromHearing() {
		AtomicInteger heard = new AtomicInteger();
		this.two.listen(Topic.KEYS, () -> {
			throw new IllegalStateException("expected by this test");
		});
		this.two.listen(Topic.KEYS, heard::incrementAndGet);

		this.one.announce(Topic.KEYS);

		await().until(() -> heard.get() == 1);
	}

	@Test
	void wordsThatComeWhileSomebodyListensAreOneWord() throws Exception {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch begun = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		AtomicInteger routes = new AtomicInteger();
		this.two.listen(Topic.SETTINGS, routes::incrementAndGet);
		this.two.listen(Topic.KEYS, () -> {
			calls.incrementAndGet();
			begun.countDown();
			try {
				busy.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.one.announce(Topic.KEYS);
		begun.await();

		for (int i = 0; i < 100; i++) {
			this.one.announce(Topic.KEYS);
		}
		this.one.announce(Topic.SETTINGS);
		// What was told before the last word has arrived as well.
		await().until(() -> this.redisOne.ask(null, (commands) -> commands.ping()) != null);
		busy.countDown();

		await().until(() -> routes.get() == 1);
		assertThat(calls).hasValue(2);
	}

	@Test
	void afterAnInterruptionWhoListensIsCalled() {
		AtomicInteger calls = new AtomicInteger();
		this.one.listen(Topic.KEYS, calls::incrementAndGet);

		this.way.cut();
		await().until(() -> listeners() == 1);
		this.two.announce(Topic.KEYS);
		this.way.mend();

		await().until(() -> calls.get() >= 1);
		assertThat(calls).hasValue(1);
		this.two.announce(Topic.KEYS);
		await().until(() -> calls.get() == 2);
	}

	@Test
	void whatCouldNotBeToldIsToldLater() {
		AtomicInteger calls = new AtomicInteger();
		this.two.listen(Topic.KEYS, calls::incrementAndGet);
		this.way.cut();
		await().until(this.redisOne::isAway);

		this.one.announce(Topic.KEYS);
		this.one.announce(Topic.KEYS);
		this.way.mend();

		await().until(() -> calls.get() >= 1);
		assertThat(calls).hasValue(1);
	}

	@Test
	void wordsOfAnotherVersionAreLeftAlone() {
		assertThat(RedisChangeFeed.Word.read("node KEYS")).isEqualTo(new RedisChangeFeed.Word("node", Topic.KEYS));
		assertThat(RedisChangeFeed.Word.read("node BUDGETS")).isNull();
		assertThat(RedisChangeFeed.Word.read("")).isNull();
		assertThat(RedisChangeFeed.Word.read("KEYS")).isNull();
	}

}
