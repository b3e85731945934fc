package dev.switchboard.store.budget;

import dev.switchboard.store.Databases;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresBudgetStoreTests extends JdbcBudgetStoreContract {

	@Override
	DatabaseSettings settings() {
		return Databases.newPostgres();
	}

}
