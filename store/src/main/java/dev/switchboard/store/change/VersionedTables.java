package dev.switchboard.store.change;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.switchboard.store.database.Database;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/**
 * Tables whose changes come one after another, those of all nodes, and are counted in a
 * table of one row. Everything here throws a
 * {@link org.springframework.dao.DataAccessException} if the database is away.
 */
public final class VersionedTables {

	private final Database database;

	private final String versions;

	/**
	 * Tables of a database.
	 * @param database the database
	 * @param versions the table whose row counts their changes
	 */
	public VersionedTables(Database database, String versions) {
		this.database = database;
		this.versions = versions;
	}

	/**
	 * How often something was changed.
	 * @return the version, another after each change
	 */
	public long version() {
		return this.database.ready().client().sql(select()).query(Long.class).single();
	}

	/**
	 * Changes something, all of it or, if that fails, nothing.
	 * @param <T> what comes of it
	 * @param work makes the changes; what it throws undoes them
	 * @param written whether it has made any
	 * @param committed called if something was changed, when it is certain
	 * @return what came of it
	 */
	public <T> T change(Supplier<T> work, BooleanSupplier written, Runnable committed) {
		this.database.ready();
		T result = transaction(work, written);
		if (written.getAsBoolean()) {
			// Whoever is told that it is done relies on it, whatever ends this process.
			this.database.persist();
			committed.run();
		}
		return result;
	}

	// Whoever reads a result of null has made one.
	@SuppressWarnings("NullAway")
	private <T> T transaction(Supplier<T> work, BooleanSupplier written) {
		try {
			return this.database.transactions().execute((status) -> {
				// Waits until nobody else changes anything, and keeps others waiting.
				this.database.client().sql(select() + " for update").query(Long.class).single();
				T result = work.get();
				if (written.getAsBoolean()) {
					this.database.client()
						.sql("update " + this.versions + " set version = version + 1 where id = 1")
						.update();
				}
				return result;
			});
		}
		catch (TransactionException ex) {
			// Thrown where there is no connection; to who asks, that is the same.
			throw new DataAccessResourceFailureException("The database does not answer", ex);
		}
	}

	private String select() {
		return "select version from " + this.versions + " where id = 1";
	}

}
