package dev.switchboard.store.budget;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.store.Child;
import dev.switchboard.store.Databases;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was spent stays spent, even if the process is killed ({@code kill -9}), and what
 * it held back is given back.
 */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class KilledSpenderTests {

	private static final int TIMES = 500;

	@TempDir
	Path folder;

	@Test
	void whatWasBookedInFilesIsThere() throws Exception {
		verify(DatabaseSettings.inFolder(this.folder));
	}

	@Test
	void whatWasBookedInPostgresIsThere() throws Exception {
		verify(Databases.newPostgres());
	}

	private void verify(DatabaseSettings settings) throws Exception {
		int booked = runAndKill(settings) + runAndKill(settings);

		try (Database database = Database.open(settings);
				JdbcBudgetStore store = new JdbcBudgetStore(database, OutageRule.FAIL_CLOSED,
						InstantSource.fixed(Spending.START.plus(Duration.ofSeconds(1))))
					.start()) {
			Balance before = Spending.balance(store, KilledSpender.COUNTED.account());
			assertThat(before.spent().nanos()).as("every caller may have been killed before he printed it")
				.isBetween(cents(booked), cents(booked + 2 * KilledSpender.CALLERS));
			store.sweep();
			assertThat(Spending.balance(store, KilledSpender.COUNTED.account()))
				.isEqualTo(new Balance(before.account(), before.spent(), Money.ZERO));
			assertThat(Spending.balance(store, KilledSpender.HELD.account()).reserved()).isEqualTo(Money.ZERO);
		}
	}

	private static long cents(int times) {
		return times * Money.ofUsd("0.001").nanos();
	}

	private static int runAndKill(DatabaseSettings settings) throws IOException, InterruptedException {
		String user = (settings.username() != null) ? settings.username() : "";
		try (Child child = Child.start(KilledSpender.class, List.of(settings.url(), user))) {
			return child.killAfter(TIMES, KilledSpender.BOOKED::equals).size();
		}
	}

}
