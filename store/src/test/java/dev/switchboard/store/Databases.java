package dev.switchboard.store;

import dev.switchboard.provider.Secret;
import dev.switchboard.servers.PostgresDatabase;
import dev.switchboard.servers.PostgresServer;
import dev.switchboard.store.database.DatabaseSettings;

/**
 * Settings for the databases of the tests.
 */
public final class Databases {

	private Databases() {
	}

	/** A new and empty database. */
	public static DatabaseSettings newPostgres() {
		return settings(PostgresServer.get().newDatabase());
	}

	public static DatabaseSettings settings(PostgresDatabase database) {
		return DatabaseSettings.at(database.url(), database.user(), Secret.of(database.password()));
	}

}
