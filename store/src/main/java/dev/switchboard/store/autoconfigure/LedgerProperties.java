package dev.switchboard.store.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything that is configured under {@code switchboard.ledger}.
 *
 * @param enabled Whether calls are kept.
 * @param retention How long calls are kept; zero for ever.
 * @param journal Where records wait for the database.
 */
@ConfigurationProperties("switchboard.ledger")
record LedgerProperties(@DefaultValue("true") boolean enabled, @DefaultValue("90d") Duration retention,
		@DefaultValue Journal journal) {

	/**
	 * Where records wait for the database.
	 *
	 * @param path Folder of the journal; by default 'journal' in 'switchboard.store.path'
	 * or, without that, 'switchboard-journal' in the working directory. Not used while
	 * the database is in memory.
	 * @param maxSize Most that may wait.
	 */
	record Journal(@Nullable String path, @DefaultValue("256MB") DataSize maxSize) {

	}

}
