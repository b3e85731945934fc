package dev.switchboard.store.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.PostgresDatabase;
import dev.switchboard.servers.PostgresServer;
import dev.switchboard.store.Databases;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one PostgreSQL, of which one may lose its way to it.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeyWatchTests {

	private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

	private static final Duration OFTEN = Duration.ofMillis(50);

	private static final Duration NEVER = Duration.ofDays(1);

	private final PostgresDatabase postgres = PostgresServer.get().newDatabase();

	private final CuttableWay way = PostgresServer.get().newWay();

	private final DatabaseSettings settings = Databases.settings(this.postgres);

	private final Database here = Database.open(Databases.settings(this.postgres.through(this.way)));

	private final Database there = Database.open(this.settings);

	private final List<KeySnapshot> seen = new CopyOnWriteArrayList<>();

	private final Feed feed = new Feed();

	@AfterEach
	void close() {
		this.here.close();
		this.there.close();
		this.way.close();
	}

	private KeyWatch start(Duration refresh) {
		KeyWatch watch = new KeyWatch(new KeyTables(this.here), this.feed, new WatchSettings(refresh), this.seen::add);
		watch.start();
		return watch;
	}

	private void make(String name) {
		StoredKey key = new StoredKey(name, KeyHashes.of("%064x".formatted(name.hashCode() & 0xffffffffL)), null,
				new Reach(List.of(), List.of(), List.of()), false, null, false, NOW, NOW);
		new KeyTables(this.there).change((change) -> {
			change.insert(key);
			return true;
		}, () -> {
		});
	}

	private List<String> names() {
		return this.seen.isEmpty() ? List.of()
				: this.seen.get(this.seen.size() - 1).keys().stream().map(StoredKey::name).toList();
	}

	@Test
	void keysAreThereWhenTheStartIsOver() {
		make("one");
		try (KeyWatch watch = start(NEVER)) {
			assertThat(names()).containsExactly("one");
		}
	}

	@Test
	void whatAnotherNodeDoesIsFoundByLooking() {
		try (KeyWatch watch = start(OFTEN)) {
			make("one");
			await().until(() -> names().equals(List.of("one")));
			assertThat(this.seen).as("read only when there is something new").hasSize(2);
		}
	}

	@Test
	void whatAnotherNodeTellsIsLookedAtAtOnce() {
		try (KeyWatch watch = start(NEVER)) {
			make("one");
			this.feed.tell();
			await().until(() -> names().equals(List.of("one")));
		}
		assertThat(this.feed.listener).as("nobody listens any more").isNull();
	}

	@Test
	void aChangeOfItsOwnIsKnownAtOnceAndToldToOthers() {
		try (KeyWatch watch = start(NEVER)) {
			make("one");
			watch.changed();
			assertThat(names()).containsExactly("one");
			assertThat(this.feed.announced).hasValue(1);
		}
	}

	@Test
	void whileTheDatabaseIsAwayTheLastKeysCount(CapturedOutput output) {
		make("one");
		try (KeyWatch watch = start(OFTEN)) {
			this.way.cut();
			await().until(() -> output.getOut().contains("Keys cannot be read"));
			make("two");
			assertThat(names()).containsExactly("one");
			this.way.mend();
			await().until(() -> names().equals(List.of("one", "two")));
			await().until(() -> output.getOut().contains("Keys can be read from the database again"));
		}
		assertThat(lines(output, "Keys cannot be read")).singleElement()
			.asString()
			.contains("WARN")
			.contains("go on counting");
	}

	@Test
	void theDatabaseNeedNotBeThereAtTheStart(CapturedOutput output) {
		make("one");
		this.way.cut();
		try (KeyWatch watch = start(OFTEN)) {
			assertThat(this.seen).isEmpty();
			this.way.mend();
			await().until(() -> names().equals(List.of("one")));
		}
		assertThat(lines(output, "Keys cannot be read")).singleElement()
			.asString()
			.contains("only those of the configuration count");
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static List<String> lines(CapturedOutput output, String text) {
		return output.getOut().lines().filter((line) -> line.contains(text)).toList();
	}

	/** What other nodes tell, when the test says so. */
	private static final class Feed implements ChangeFeed {

		private final AtomicInteger announced = new AtomicInteger();

		private volatile @Nullable Runnable listener;

		@Override
		public void announce(Topic topic) {
			this.announced.incrementAndGet();
		}

		@Override
		public Registration listen(Topic topic, Runnable listener) {
			this.listener = listener;
			return () -> this.listener = null;
		}

		void tell() {
			this.listener.run();
		}

	}

}
