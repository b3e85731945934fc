package dev.switchboard.store.budget;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.PostgresDatabase;
import dev.switchboard.servers.PostgresServer;
import dev.switchboard.store.Child;
import dev.switchboard.store.Databases;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.FileJournal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was spent while the database was away stays spent, even if the process is killed
 * before it comes back.
 */
@Tag("long")
class OutageSpenderTests {

	private static final int TIMES = 300;

	private static final long ONE = Money.ofUsd("0.001").nanos();

	@TempDir
	Path folder;

	@Test
	void whatAKilledProcessSpentInAnOutageIsBookedByTheNextOnce() throws Exception {
		PostgresServer server = PostgresServer.get();
		PostgresDatabase postgres = server.newDatabase();
		int spent;
		try (CuttableWay way = server.newWay()) {
			spent = spendAndKill(way, postgres.through(way));
		}
		DatabaseSettings settings = Databases.settings(postgres);
		assertThat(inDatabase(settings)).as("what was spent away is not booked yet")
			.isLessThan((spent - TIMES + 2) * ONE);
		try (Database database = Database.open(settings); JdbcBudgetStore next = store(database)) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> inDatabase(settings) >= spent * ONE);
		}
		try (Database database = Database.open(settings); JdbcBudgetStore another = store(database)) {
			assertThat(Spending.balance(another, OutageSpender.COUNTED.account()).spent().nanos())
				.as("it may have been killed before it printed the last line")
				.isBetween(spent * ONE, (spent + 1) * ONE);
		}
	}

	/** How many times it spent; the last ones while its database was away. */
	private int spendAndKill(CuttableWay way, PostgresDatabase postgres) throws Exception {
		List<String> lines = new ArrayList<>();
		int away = 0;
		try (Child child = Child.start(OutageSpender.class,
				List.of(postgres.url(), postgres.user(), this.folder.toString()))) {
			for (String line = child.readLine(); line != null; line = child.readLine()) {
				if (!line.startsWith(OutageSpender.SPENT)) {
					continue;
				}
				lines.add(line);
				if (lines.size() == TIMES) {
					way.cut();
				}
				away += line.equals(OutageSpender.SPENT_AWAY) ? 1 : 0;
				if (away == TIMES) {
					child.kill();
				}
			}
		}
		assertThat(away).isGreaterThanOrEqualTo(TIMES);
		return lines.size();
	}

	private JdbcBudgetStore store(Database database) {
		return new JdbcBudgetStore(database, FileJournal.open(this.folder, 1024 * 1024), OutageRule.FAIL_OPEN,
				InstantSource.fixed(Spending.START))
			.start();
	}

	private static long inDatabase(DatabaseSettings settings) {
		try (Database direct = Database.open(settings)) {
			return AccountTables.of(direct.ready())
				.balances("b", Spending.START)
				.stream()
				.mapToLong((balance) -> balance.spent().nanos())
				.sum();
		}
	}

}
