package dev.switchboard.store.key;

import dev.switchboard.store.PostgresServer;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresKeyTablesTests extends KeyTablesContract {

	@Override
	DatabaseSettings settings() {
		return PostgresServer.get().newDatabase();
	}

}
