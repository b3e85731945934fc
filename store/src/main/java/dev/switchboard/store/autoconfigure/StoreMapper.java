package dev.switchboard.store.autoconfigure;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.store.budget.JdbcBudgetStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.database.Dialect;
import dev.switchboard.store.journal.FileJournal;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.journal.MemoryJournal;
import dev.switchboard.store.ledger.Ledger;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
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

	/**
	 * Where budgets are kept. In a database that ends with the process they would be kept
	 * no longer than in memory, and only slower.
	 */
	BudgetStore budgets(DatabaseSettings settings, Database database, InstantSource clock, boolean used) {
		if (settings.isInMemory()) {
			return new InMemoryBudgetStore(clock);
		}
		JdbcBudgetStore budgets = new JdbcBudgetStore(database, this.store.budgets().onOutage(), clock);
		return used ? budgets.start() : budgets;
	}

	static boolean hasBudgets(Environment environment) {
		return Binder.get(environment)
			.bind("switchboard.budgets", Bindable.mapOf(String.class, Object.class))
			.map((budgets) -> !budgets.isEmpty())
			.orElse(false);
	}

	private static InvalidSwitchboardConfigurationException problem(String property, String found, String action) {
		return new InvalidSwitchboardConfigurationException(List.of(new ConfigurationProblem(property, found, action)));
	}

}
