package dev.switchboard.store.ledger;

import dev.switchboard.store.PostgresServer;
import dev.switchboard.store.database.DatabaseSettings;

class PostgresLedgerTests extends LedgerContract {

	@Override
	DatabaseSettings settings() {
		return PostgresServer.get().newDatabase();
	}

}
