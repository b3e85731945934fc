package dev.switchboard.store.budget;

import dev.switchboard.store.database.DatabaseSettings;

class H2MemoryBudgetStoreTests extends JdbcBudgetStoreContract {

	@Override
	DatabaseSettings settings() {
		return DatabaseSettings.inMemory();
	}

}
