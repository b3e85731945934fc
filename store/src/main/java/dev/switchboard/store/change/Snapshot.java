package dev.switchboard.store.change;

/**
 * All that some tables hold at one time.
 */
public interface Snapshot {

	/**
	 * Counts the changes.
	 * @return another number after each change
	 */
	long version();

}
