package dev.switchboard.store.key;

import java.util.List;
import java.util.function.Function;

import dev.switchboard.store.database.Database;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/**
 * The tables of keys, teams and what was done to them. Everything here throws a
 * {@link DataAccessException} if the database is away.
 */
public final class KeyTables {

	private final Database database;

	private final KeyReader reader;

	/**
	 * The tables of a database.
	 * @param database the database
	 */
	public KeyTables(Database database) {
		this.database = database;
		this.reader = new KeyReader(database.client());
	}

	/**
	 * How often something was changed; asked to find out whether there is anything new.
	 * @return the version, another after each change
	 */
	public long version() {
		this.database.ready();
		return this.reader.version();
	}

	/**
	 * All keys and teams.
	 * @return the keys and teams
	 */
	public KeySnapshot load() {
		this.database.ready();
		return this.reader.load();
	}

	/**
	 * What was done, in the order in which it was.
	 * @param filter which changes
	 * @param after the number of the last entry of the page before; 0 for the first page
	 * @param limit how many, at most
	 * @return the entries
	 */
	public List<AuditEntry.Numbered> audit(AuditFilter filter, long after, int limit) {
		this.database.ready();
		return this.reader.audit(filter, after, limit);
	}

	/**
	 * Changes something, all of it or, if that fails, nothing. Changes come one after
	 * another, those of other nodes too.
	 * @param <T> what comes of it
	 * @param work makes the changes; what it throws undoes them
	 * @param committed called if something was changed, when it is certain
	 * @return what came of it
	 */
	public <T> T change(Function<KeyChange, T> work, Runnable committed) {
		this.database.ready();
		KeyChange change = new KeyChange(this.database.client());
		T result = transaction(work, change);
		if (change.isWritten()) {
			// A key is shown once, and must be good from then on, whatever ends this
			// process.
			this.database.persist();
			committed.run();
		}
		return result;
	}

	// Whoever reads a result of null has made one.
	@SuppressWarnings("NullAway")
	private <T> T transaction(Function<KeyChange, T> work, KeyChange change) {
		try {
			return this.database.transactions().execute((status) -> {
				this.reader.lock();
				T result = work.apply(change);
				if (change.isWritten()) {
					this.database.client()
						.sql("update switchboard_key_version set version = version + 1 where id = 1")
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

}
