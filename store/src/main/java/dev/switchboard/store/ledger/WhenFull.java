package dev.switchboard.store.ledger;

/**
 * What happens to calls when the journal has no more room for their records.
 */
public enum WhenFull {

	/** They go on, and their records are lost and counted. */
	DROP,

	/** Whoever admits calls is told to admit none: {@link Ledger#refusesCalls()}. */
	REFUSE

}
