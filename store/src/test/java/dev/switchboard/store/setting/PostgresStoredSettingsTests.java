package dev.switchboard.store.setting;

import dev.switchboard.store.Databases;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresStoredSettingsTests extends StoredSettingsContract {

	@Override
	DatabaseSettings settings() {
		return Databases.newPostgres();
	}

}
