package dev.switchboard.store.ledger;

import dev.switchboard.store.Databases;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresLedgerTests extends LedgerContract {

	@Override
	DatabaseSettings settings() {
		return Databases.newPostgres();
	}

}
