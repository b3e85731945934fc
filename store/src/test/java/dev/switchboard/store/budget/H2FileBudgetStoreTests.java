package dev.switchboard.store.budget;

import java.nio.file.Path;

import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.io.TempDir;

class H2FileBudgetStoreTests extends JdbcBudgetStoreContract {

	@TempDir
	Path folder;

	@Override
	DatabaseSettings settings() {
		return DatabaseSettings.inFolder(this.folder);
	}

}
