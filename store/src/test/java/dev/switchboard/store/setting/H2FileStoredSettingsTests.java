package dev.switchboard.store.setting;

import java.nio.file.Path;

import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.io.TempDir;

class H2FileStoredSettingsTests extends StoredSettingsContract {

	@TempDir
	Path folder;

	@Override
	DatabaseSettings settings() {
		return DatabaseSettings.inFolder(this.folder);
	}

}
