package dev.switchboard.store.ledger;

import java.nio.file.Path;

import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.io.TempDir;

class H2FileLedgerTests extends LedgerContract {

	@TempDir
	Path folder;

	@Override
	DatabaseSettings settings() {
		return DatabaseSettings.inFolder(this.folder);
	}

}
