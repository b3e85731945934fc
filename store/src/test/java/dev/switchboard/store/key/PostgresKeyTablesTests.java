package dev.switchboard.store.key;

import dev.switchboard.store.Databases;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresKeyTablesTests extends KeyTablesContract {

	@Override
	DatabaseSettings settings() {
		return Databases.newPostgres();
	}

}
