package dev.switchboard.store.key;

import java.util.List;
import java.util.function.Function;

import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.change.AuditFilter;
import dev.switchboard.store.change.AuditLog;
import dev.switchboard.store.change.SnapshotSource;
import dev.switchboard.store.change.VersionedTables;
import dev.switchboard.store.database.Database;
import org.springframework.dao.DataAccessException;

/**
 * The tables of keys and teams. Everything here throws a {@link DataAccessException} if
 * the database is away.
 */
public final class KeyTables implements SnapshotSource<KeySnapshot> {

	private final Database database;

	private final VersionedTables tables;

	private final AuditLog audit;

	/**
	 * The tables of a database.
	 * @param database the database
	 */
	public KeyTables(Database database) {
		this.database = database;
		this.tables = new VersionedTables(database, "switchboard_key_version");
		this.audit = new AuditLog(database);
	}

	@Override
	public long version() {
		return this.tables.version();
	}

	@Override
	public KeySnapshot load() {
		this.database.ready();
		return reader().load();
	}

	/**
	 * Who changed what, keys and whatever else is changed at run time.
	 * @param filter which changes
	 * @param after the number of the last entry of the page before; 0 for the first page
	 * @param limit how many, at most
	 * @return the entries, in the order of the changes
	 */
	public List<AuditEntry.Numbered> audit(AuditFilter filter, long after, int limit) {
		return this.audit.entries(filter, after, limit);
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
		KeyChange change = new KeyChange(this.database.client(), reader(), this.audit);
		return this.tables.change(() -> work.apply(change), change::isWritten, committed);
	}

	private KeyReader reader() {
		return new KeyReader(this.database.client(), this.tables);
	}

}
