package dev.switchboard.store.autoconfigure;

import java.time.InstantSource;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.change.ChangeFeed;
import dev.switchboard.change.SettingStore;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.setting.StoredSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of what is set at run time and outlives an application. It comes
 * before that of the routes, which would keep it in memory.
 */
@AutoConfiguration(before = SwitchboardAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "switchboard.enabled", matchIfMissing = true)
public final class SettingStoreAutoConfiguration {

	// Not before everything that is configured has been looked at.
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	SettingStore switchboardSettingStore(Database database, WatchSettings settings, ObjectProvider<ChangeFeed> feed) {
		return new StoredSettings(database, feed.getIfUnique(() -> ChangeFeed.NONE), settings, InstantSource.system());
	}

}
