package dev.switchboard.store.autoconfigure;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.database.Dialect;
import dev.switchboard.store.journal.FileJournal;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.journal.MemoryJournal;
import dev.switchboard.store.ledger.Ledger;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Makes of the properties what they mean.
 */
final class StoreMapper {

	private static final DataSize LEAST_JOURNAL = DataSize.ofMegabytes(1);

	private final StoreProperties store;

	StoreMapper(StoreProperties store) {
		this.store = store;
	}

	DatabaseSettings database() {
		if (StringUtils.hasText(this.store.url())) {
			check(this.store.url());
			return DatabaseSettings.at(this.store.url(), this.store.username(), this.store.password());
		}
		return StringUtils.hasText(this.store.path()) ? DatabaseSettings.inFolder(Path.of(this.store.path()))
				: DatabaseSettings.inMemory();
	}

	private static void check(String url) {
		Dialect dialect = Dialect.of(url);
		if (dialect == null) {
			throw problem("switchboard.store.url",
					"names a database of '" + Dialect.scheme(url) + "', but the store is kept in PostgreSQL or H2",
					"give a URL that begins with 'jdbc:postgresql:' or 'jdbc:h2:', or leave the property out");
		}
		if (!dialect.hasDriver()) {
			throw problem("switchboard.store.url",
					"names a database of '" + Dialect.scheme(url) + "', whose driver is not on the class path",
					"add its dependency, such as 'org.postgresql:postgresql'");
		}
	}

	Journal journal(LedgerProperties ledger, DatabaseSettings database) {
		long size = ledger.journal().maxSize().toBytes();
		if (size < LEAST_JOURNAL.toBytes()) {
			throw problem("switchboard.ledger.journal.max-size",
					"is '" + ledger.journal().maxSize() + "', but must be at least '1MB'", "give it more room");
		}
		if (database.isInMemory()) {
			return new MemoryJournal(size);
		}
		Path folder = folder(ledger);
		try {
			return FileJournal.open(folder, size);
		}
		catch (UncheckedIOException ex) {
			throw problem("switchboard.ledger.journal.path",
					"cannot be used: '" + folder.toAbsolutePath() + "' cannot be written (" + ex.getCause() + ")",
					"name a folder on a local disk that the application may write");
		}
	}

	private Path folder(LedgerProperties ledger) {
		if (StringUtils.hasText(ledger.journal().path())) {
			return Path.of(ledger.journal().path());
		}
		return StringUtils.hasText(this.store.path()) ? Path.of(this.store.path(), "journal")
				: Path.of("switchboard-journal");
	}

	static Ledger.Settings ledger(LedgerProperties ledger) {
		if (ledger.retention().isNegative()) {
			throw problem("switchboard.ledger.retention", "is negative", "give a length of time such as '90d'");
		}
		return new Ledger.Settings(ledger.retention());
	}

	WatchSettings watch() {
		Duration refresh = this.store.refresh();
		if (refresh.isNegative() || refresh.isZero()) {
			throw problem("switchboard.store.refresh", "is '" + refresh + "', but must be positive",
					"give a longer time, or leave the property out");
		}
		return new WatchSettings(refresh);
	}

	private static InvalidSwitchboardConfigurationException problem(String property, String found, String action) {
		return new InvalidSwitchboardConfigurationException(List.of(new ConfigurationProblem(property, found, action)));
	}

}
