package dev.switchboard.store.autoconfigure;

import dev.switchboard.store.database.Database;
import dev.switchboard.store.key.KeyTables;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the tables of keys. Nothing looks into them until there is a
 * gateway.
 */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnBean(StoreAutoConfiguration.class)
public final class KeyTablesAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	KeyTables switchboardKeyTables(Database database) {
		return new KeyTables(database);
	}

}
