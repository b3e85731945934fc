package dev.switchboard.store.budget;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.provider.Secret;
import dev.switchboard.store.Child;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;

/**
 * A process that spends for ever and prints a line for each time that it was booked; some
 * of what it holds back it never settles. It is meant to be killed.
 */
final class KilledSpender {

	static final String BOOKED = "booked";

	static final int CALLERS = 4;

	static final Claim COUNTED = new Claim(Spending.account("all"), null);

	static final Claim HELD = new Claim(Spending.account("held"), null);

	private KilledSpender() {
	}

	public static void main(String[] arguments) {
		Child.endWithParent();
		PrintStream out = System.out;
		Database database = Database.open(new DatabaseSettings(arguments[0], arguments[1],
				arguments[1].isEmpty() ? null : Secret.of(arguments[1]), false));
		JdbcBudgetStore store = new JdbcBudgetStore(database, OutageRule.FAIL_CLOSED, InstantSource.system()).start();
		store.reserve(List.of(HELD), Money.ofUsd("0.5"), Spending.START);
		for (int i = 0; i < CALLERS; i++) {
			new Thread(() -> spendForEver(store, out)).start();
		}
	}

	private static void spendForEver(JdbcBudgetStore store, PrintStream out) {
		while (true) {
			Admission admission = store.reserve(List.of(COUNTED), Money.ofUsd("0.005"), Spending.START);
			store.settle(Spending.admitted(admission), Money.ofUsd("0.001"));
			if (store.isAway()) {
				throw new IllegalStateException("The database is away");
			}
			out.println(BOOKED);
		}
	}

}
