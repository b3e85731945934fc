package dev.switchboard.store.key;

import dev.switchboard.store.database.DatabaseSettings;

class H2MemoryKeyTablesTests extends KeyTablesContract {

	@Override
	DatabaseSettings settings() {
		return DatabaseSettings.inMemory();
	}

}
