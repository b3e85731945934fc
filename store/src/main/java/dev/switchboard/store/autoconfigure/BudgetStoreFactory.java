package dev.switchboard.store.autoconfigure;

import java.time.InstantSource;

import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.store.budget.JdbcBudgetStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Knows where budgets are kept. In a database that ends with the process they would be
 * kept no longer than in memory, and only slower.
 *
 * @param properties how
 * @param ledger where its records wait: what is spent waits beside them
 * @param settings which database it is
 * @param database the database
 * @param environment tells whether there are budgets
 */
record BudgetStoreFactory(StoreProperties properties, LedgerProperties ledger, DatabaseSettings settings,
		Database database, Environment environment) {

	BudgetStore open() {
		InstantSource clock = InstantSource.system();
		if (this.settings.isInMemory()) {
			return new InMemoryBudgetStore(clock);
		}
		JdbcBudgetStore store = new JdbcBudgetStore(this.database,
				new StoreMapper(this.properties).budgetJournal(this.ledger), this.properties.budgets().onOutage(),
				clock);
		return hasBudgets() ? store.start() : store;
	}

	private boolean hasBudgets() {
		return Binder.get(this.environment)
			.bind("switchboard.budgets", Bindable.mapOf(String.class, Object.class))
			.isBound();
	}

}
