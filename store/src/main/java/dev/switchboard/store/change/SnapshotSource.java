package dev.switchboard.store.change;

/**
 * Where a snapshot is read. Throws a {@link org.springframework.dao.DataAccessException}
 * if the database is away.
 *
 * @param <S> the snapshot
 */
public interface SnapshotSource<S extends Snapshot> {

	/**
	 * How often something was changed; asked to find out whether there is anything new.
	 * @return the version, another after each change
	 */
	long version();

	/**
	 * All there is.
	 * @return the snapshot
	 */
	S load();

}
