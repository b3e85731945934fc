package dev.switchboard.store.budget;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.budget.Claim;
import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.provider.Secret;
import dev.switchboard.store.Child;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.FileJournal;

/**
 * A process that spends for ever, whether its database is there or not, and prints a line
 * for each time. It is meant to be killed.
 */
final class OutageSpender {

	static final String SPENT = "spent";

	static final String SPENT_AWAY = "spent-away";

	static final Claim COUNTED = new Claim(Spending.account("all"), Money.ofUsd("1000000"));

	private OutageSpender() {
	}

	public static void main(String[] arguments) {
		Child.endWithParent();
		PrintStream out = System.out;
		Database database = Database
			.open(new DatabaseSettings(arguments[0], arguments[1], Secret.of(arguments[1]), false));
		JdbcBudgetStore store = new JdbcBudgetStore(database, FileJournal.open(Path.of(arguments[2]), 1024 * 1024),
				OutageRule.FAIL_OPEN, InstantSource.system())
			.start();
		while (true) {
			var held = Spending.admitted(store.reserve(List.of(COUNTED), Money.ofUsd("0.005"), Spending.START));
			boolean away = store.isAway();
			store.settle(held, Money.ofUsd("0.001"));
			out.println(away ? SPENT_AWAY : SPENT);
		}
	}

}
