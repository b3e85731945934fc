package dev.switchboard.store.autoconfigure;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the store's own database. It makes no {@code DataSource} bean:
 * what an application has, and what Spring Boot makes for it, stays as it is.
 */
@AutoConfiguration(after = SwitchboardAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "switchboard.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ StoreProperties.class, LedgerProperties.class })
public final class StoreAutoConfiguration {

	@Bean
	StoreConfiguration switchboardStoreConfiguration(Environment environment) {
		return new StoreConfiguration(StoreProperties.class, environment);
	}

	@Bean
	StoreConfiguration switchboardLedgerConfiguration(Environment environment) {
		return new StoreConfiguration(LedgerProperties.class, environment);
	}

	@Bean
	BudgetStoreFactory switchboardBudgetStoreFactory(StoreProperties properties, DatabaseSettings settings,
			Database database, Environment environment) {
		return new BudgetStoreFactory(properties.budgets(), settings, database, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	DatabaseSettings switchboardDatabaseSettings(StoreProperties properties) {
		return new StoreMapper(properties).database();
	}

	@Bean
	@ConditionalOnMissingBean
	Database switchboardDatabase(DatabaseSettings settings) {
		return Database.open(settings);
	}

	@Bean
	@ConditionalOnMissingBean
	WatchSettings switchboardWatchSettings(StoreProperties properties) {
		return new StoreMapper(properties).watch();
	}

}
