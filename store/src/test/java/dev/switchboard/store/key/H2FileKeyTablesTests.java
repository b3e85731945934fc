package dev.switchboard.store.key;

import java.nio.file.Path;

import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.io.TempDir;

class H2FileKeyTablesTests extends KeyTablesContract {

	@TempDir
	Path folder;

	@Override
	DatabaseSettings settings() {
		return DatabaseSettings.inFolder(this.folder);
	}

}
