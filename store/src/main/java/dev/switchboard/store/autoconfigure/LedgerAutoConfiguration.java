package dev.switchboard.store.autoconfigure;

import java.time.InstantSource;

import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.ledger.Ledger;
import dev.switchboard.store.ledger.LedgerExport;
import dev.switchboard.store.ledger.LedgerMeters;
import dev.switchboard.store.ledger.LedgerReports;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the ledger.
 */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnBean(StoreAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "switchboard.ledger.enabled", matchIfMissing = true)
public final class LedgerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Journal switchboardJournal(StoreProperties store, LedgerProperties ledger, DatabaseSettings database) {
		return new StoreMapper(store).journal(ledger, database);
	}

	@Bean(initMethod = "start")
	@ConditionalOnMissingBean
	Ledger switchboardLedger(Journal journal, Database database, LedgerProperties properties) {
		return new Ledger(journal, database, StoreMapper.ledger(properties), InstantSource.system());
	}

	@Bean
	@ConditionalOnMissingBean
	LedgerReports switchboardLedgerReports(Database database) {
		return new LedgerReports(database);
	}

	@Bean
	@ConditionalOnMissingBean
	LedgerExport switchboardLedgerExport(Database database) {
		return new LedgerExport(database);
	}

	@Bean
	@ConditionalOnMissingBean
	LedgerMeters switchboardLedgerMeters(Ledger ledger) {
		return new LedgerMeters(ledger);
	}

}
