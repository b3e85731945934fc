package dev.switchboard.store.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.change.AuditFilter;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What keys rely on, on each database.
 */
abstract class KeyTablesContract {

	private static final Instant NOW = Instant.parse("2027-03-01T12:00:00.123456Z");

	private static final Reach REACH = new Reach(List.of("cheap-fast", "quote\"d\\"), List.of("openai/*"), List.of());

	private static final Runnable NOTHING = () -> {
	};

	private Database database;

	private KeyTables tables;

	abstract DatabaseSettings settings();

	@BeforeEach
	void open() {
		this.database = Database.open(settings());
		this.tables = new KeyTables(this.database);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private static StoredKey key(String name, String team) {
		return new StoredKey(name, KeyHashes.of("%064x".formatted(name.hashCode() & 0xffffffffL)), team, REACH, false,
				null, false, NOW, NOW);
	}

	private static StoredTeam team(String name) {
		return new StoredTeam(name, REACH, false, NOW, NOW);
	}

	private static AuditEntry entry(Instant time, String name) {
		return new AuditEntry(time, "root", "created", "key", name, "{\"admin\":false}");
	}

	private void insert(StoredKey... keys) {
		this.tables.change((change) -> {
			for (StoredKey key : keys) {
				change.insert(key);
			}
			return true;
		}, NOTHING);
	}

	@Test
	void aKeyAndItsTeamAreKeptAsTheyWere() {
		StoredTeam team = team("search").withBlocked(true);
		StoredKey full = new StoredKey("ci", KeyHashes.of("a".repeat(64)).replaced("b".repeat(64), NOW.plusSeconds(60)),
				"search", REACH, true, NOW.plusSeconds(3600), true, NOW, NOW.plusSeconds(1));
		StoredKey bare = key("bare", null);
		this.tables.change((change) -> {
			change.insert(team);
			change.insert(full);
			change.insert(bare);
			return true;
		}, NOTHING);

		KeySnapshot found = this.tables.load();

		assertThat(found.teams()).containsExactly(team);
		assertThat(found.keys()).containsExactly(bare, full);
		assertThat(found.key("ci").hashes()).isEqualTo(full.hashes());
		assertThat(found.key("ci").toString()).doesNotContain("aaaa").doesNotContain("bbbb");
	}

	@Test
	void aKeyTakesThePlaceOfTheOneOfItsName() {
		insert(key("ci", null), key("other", null));
		StoredKey changed = key("ci", null).withBlocked(true)
			.withExpires(NOW)
			.withHashes(KeyHashes.of("c".repeat(64)))
			.withChanged(NOW.plusSeconds(5));
		this.tables.change((change) -> {
			change.update(changed);
			change.deleteKey("other");
			return true;
		}, NOTHING);

		assertThat(this.tables.load().keys()).containsExactly(changed);
	}

	@Test
	void aChangeSeesWhatItHasDoneSoFar() {
		List<String> seen = this.tables.change((change) -> {
			change.insert(team("search"));
			change.insert(key("ci", "search"));
			return change.state().keys().stream().map(StoredKey::name).toList();
		}, NOTHING);

		assertThat(seen).containsExactly("ci");
	}

	@Test
	void whatFailsIsNotDoneAtAll() {
		AtomicInteger told = new AtomicInteger();
		assertThatThrownBy(() -> this.tables.change((change) -> {
			change.insert(key("ci", null));
			change.audit(entry(NOW, "ci"));
			throw new IllegalArgumentException("no");
		}, told::incrementAndGet)).hasMessage("no");

		assertThat(this.tables.load().keys()).isEmpty();
		assertThat(this.tables.audit(AuditFilter.ALL, 0, 10)).isEmpty();
		assertThat(this.tables.version()).isZero();
		assertThat(told).hasValue(0);
	}

	@Test
	void theVersionTellsWhetherSomethingWasChanged() {
		AtomicInteger told = new AtomicInteger();
		assertThat(this.tables.load().version()).isZero();

		this.tables.change((change) -> change.state().keys().size(), told::incrementAndGet);
		assertThat(this.tables.version()).as("nothing was written").isZero();
		assertThat(told).hasValue(0);

		this.tables.change((change) -> {
			change.insert(key("ci", null));
			return true;
		}, told::incrementAndGet);
		assertThat(this.tables.version()).isEqualTo(1);
		assertThat(this.tables.load().version()).isEqualTo(1);
		assertThat(told).hasValue(1);
	}

	@Test
	void twoKeysOfOneNameOrOneHashAreNotToBeHad() {
		insert(key("ci", null));
		assertThatThrownBy(() -> insert(key("ci", null))).isInstanceOf(RuntimeException.class);
		assertThatThrownBy(() -> insert(
				new StoredKey("other", key("ci", null).hashes(), null, REACH, false, null, false, NOW, NOW)))
			.isInstanceOf(RuntimeException.class);

		assertThat(this.tables.load().keys()).hasSize(1);
	}

	@Test
	void aTeamWithKeysStays() {
		this.tables.change((change) -> {
			change.insert(team("search"));
			change.insert(key("ci", "search"));
			return true;
		}, NOTHING);

		assertThatThrownBy(() -> this.tables.change((change) -> {
			change.deleteTeam("search");
			return true;
		}, NOTHING)).isInstanceOf(RuntimeException.class);
		assertThat(this.tables.load().team("search")).isNotNull();
	}

	@Test
	void changesComeOneAfterAnother() throws Exception {
		int threads = 16;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CountDownLatch all = new CountDownLatch(threads);
			List<Future<Boolean>> made = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				made.add(executor.submit(() -> {
					all.countDown();
					all.await(10, TimeUnit.SECONDS);
					return this.tables.change((change) -> {
						boolean absent = change.state().key("ci") == null;
						if (absent) {
							change.insert(key("ci", null));
						}
						return absent;
					}, NOTHING);
				}));
			}
			int makers = 0;
			for (Future<Boolean> each : made) {
				makers += each.get(60, TimeUnit.SECONDS) ? 1 : 0;
			}
			assertThat(makers).isEqualTo(1);
			assertThat(this.tables.version()).isEqualTo(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void theAuditIsGivenInPages() {
		this.tables.change((change) -> {
			for (int i = 0; i < 7; i++) {
				change.audit(entry(NOW.plusSeconds(i), "k" + i % 2));
			}
			return true;
		}, NOTHING);

		List<AuditEntry.Numbered> first = this.tables.audit(AuditFilter.ALL, 0, 5);
		List<AuditEntry.Numbered> second = this.tables.audit(AuditFilter.ALL, first.get(4).number(), 5);

		assertThat(first).hasSize(5);
		assertThat(first.get(0).entry()).isEqualTo(entry(NOW, "k0"));
		assertThat(second).extracting((each) -> each.entry().time())
			.containsExactly(NOW.plusSeconds(5), NOW.plusSeconds(6));
		assertThat(this.tables.audit(new AuditFilter(null, null, "k1"), 0, 10)).hasSize(3);
		assertThat(this.tables.audit(new AuditFilter(NOW.plusSeconds(2), NOW.plusSeconds(4), null), 0, 10)).hasSize(2);
	}

}
