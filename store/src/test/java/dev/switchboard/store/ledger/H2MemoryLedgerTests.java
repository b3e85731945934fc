package dev.switchboard.store.ledger;

import dev.switchboard.store.database.DatabaseSettings;

class H2MemoryLedgerTests extends LedgerContract {

	@Override
	DatabaseSettings settings() {
		return DatabaseSettings.inMemory();
	}

}
