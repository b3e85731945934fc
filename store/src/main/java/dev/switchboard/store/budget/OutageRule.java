package dev.switchboard.store.budget;

/**
 * What becomes of calls that a budget concerns while the database is away.
 */
public enum OutageRule {

	/**
	 * They go on. Each node counts for itself, from what it last saw, and books what was
	 * spent once the database is back.
	 */
	FAIL_OPEN,

	/**
	 * Those are refused that a budget would hold back; others go on.
	 */
	FAIL_CLOSED

}
