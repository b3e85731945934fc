package dev.switchboard.store.setting;

import dev.switchboard.store.PostgresServer;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresStoredSettingsTests extends StoredSettingsContract {

	@Override
	DatabaseSettings settings() {
		return PostgresServer.get().newDatabase();
	}

}
