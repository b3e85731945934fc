package dev.switchboard.store.budget;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.store.Databases;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was spent stays spent, even if the process is killed ({@code kill -9}), and what
 * it held back is given back.
 */
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
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), KilledSpender.class.getName(), settings.url(), user)
			.redirectErrorStream(true)
			.start();
		int booked = 0;
		List<String> others = new ArrayList<>();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.equals(KilledSpender.BOOKED)) {
					booked++;
				}
				else {
					others.add(line);
				}
				if (booked == TIMES) {
					// The process itself would also close what it has said until then.
					process.toHandle().destroyForcibly();
				}
			}
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.waitFor()).as(String.join("\n", others)).isEqualTo(128 + 9);
		return booked;
	}

}
