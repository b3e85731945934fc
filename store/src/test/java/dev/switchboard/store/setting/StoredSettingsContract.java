package dev.switchboard.store.setting;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.change.Setting;
import dev.switchboard.change.SettingStore.Outcome;
import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.change.AuditFilter;
import dev.switchboard.store.change.AuditLog;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What settings rely on, on each database.
 */
abstract class StoredSettingsContract {

	private static final WatchSettings OFTEN = new WatchSettings(Duration.ofMillis(50));

	private static final Setting BUDGET = Setting.of(Setting.Kind.BUDGET, "all",
			Map.of("limit", "5", "per", "day", "for.tags[a \"b\"]", "ü"));

	private Database database;

	private StoredSettings one;

	private StoredSettings two;

	abstract DatabaseSettings settings();

	@BeforeEach
	void open() {
		this.database = Database.open(settings());
		this.one = new StoredSettings(this.database, ChangeFeed.NONE, OFTEN, InstantSource.system());
		this.two = new StoredSettings(this.database, ChangeFeed.NONE, OFTEN, InstantSource.system());
	}

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
		this.database.close();
	}

	private List<AuditEntry> audit() {
		return new AuditLog(this.database).entries(AuditFilter.ALL, 0, 100)
			.stream()
			.map(AuditEntry.Numbered::entry)
			.toList();
	}

	@Test
	void whatIsPutIsToldBeforeThePutReturns() {
		List<List<Setting>> told = new CopyOnWriteArrayList<>();
		this.one.listen(told::add);
		assertThat(told).containsExactly(List.of());

		assertThat(this.one.put(BUDGET, "ann")).isEqualTo(Outcome.CREATED);
		assertThat(told).hasSize(2).last().isEqualTo(List.of(BUDGET));
		assertThat(this.one.put(BUDGET, "ann")).isEqualTo(Outcome.UNCHANGED);
		assertThat(this.one.remove(Setting.Kind.LIMIT, "all", "ann")).as("a limit of that name").isFalse();
		assertThat(told).hasSize(2);
		assertThat(this.one.remove(Setting.Kind.BUDGET, "all", "ann")).isTrue();
		assertThat(told).hasSize(3).last().isEqualTo(List.of());
	}

	@Test
	void anotherNodeIsToldAndFindsAllInOrder() {
		List<List<Setting>> told = new CopyOnWriteArrayList<>();
		this.two.listen(told::add);
		Setting limit = Setting.of(Setting.Kind.LIMIT, "all", Map.of("requests", "5"));
		Setting route = Setting.of(Setting.Kind.ROUTE, "best", Map.of("targets", "a/b,c/d"));
		Setting first = Setting.of(Setting.Kind.BUDGET, "Zebra", Map.of("limit", "1"));
		List.of(limit, BUDGET, first, route).forEach((setting) -> this.one.put(setting, "ann"));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> told.get(told.size() - 1).equals(List.of(route, first, BUDGET, limit)));
	}

	@Test
	void theAuditTellsWhoChangedWhat() {
		this.one.put(BUDGET, "ann");
		this.one.put(BUDGET, "ann");
		this.two.put(Setting.of(Setting.Kind.BUDGET, "all", Map.of("limit", "7", "per", "day", "zone", "UTC")), "bob");
		this.one.remove(Setting.Kind.BUDGET, "all", "cy");
		this.one.remove(Setting.Kind.BUDGET, "all", "cy");

		assertThat(audit()).extracting(AuditEntry::who, AuditEntry::what, AuditEntry::kind, AuditEntry::name)
			.containsExactly(ofBudget("ann", "created"), ofBudget("bob", "updated"), ofBudget("cy", "deleted"));
		assertThat(audit().get(0).details())
			.isEqualTo("{\"for.tags[a \\\"b\\\"]\":\"ü\",\"limit\":\"5\",\"per\":\"day\"}");
		assertThat(audit().get(1).details()).isEqualTo("{\"for.tags[a \\\"b\\\"]\":{\"from\":\"ü\",\"to\":null},"
				+ "\"limit\":{\"from\":\"5\",\"to\":\"7\"},\"zone\":{\"from\":null,\"to\":\"UTC\"}}");
	}

	private static Tuple ofBudget(String who, String what) {
		return Tuple.tuple(who, what, "budget", "all");
	}

	@Test
	void whatWasPutOutlivesWhoPutIt() {
		this.one.put(BUDGET, "ann");
		List<List<Setting>> told = new CopyOnWriteArrayList<>();
		this.two.listen(told::add);
		assertThat(told).containsExactly(List.of(BUDGET));
	}

}
