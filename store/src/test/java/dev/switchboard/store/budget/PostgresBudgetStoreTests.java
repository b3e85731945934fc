package dev.switchboard.store.budget;

import dev.switchboard.store.PostgresServer;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresBudgetStoreTests extends BudgetStoreContract {

	@Override
	DatabaseSettings settings() {
		return PostgresServer.get().newDatabase();
	}

}
