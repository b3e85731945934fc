package dev.switchboard.store.ledger;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.store.journal.Journal;

/**
 * How the ledger fares.
 */
final class LedgerCounts {

	final AtomicLong stored = new AtomicLong();

	final AtomicLong dropped = new AtomicLong();

	final AtomicLong rejected = new AtomicLong();

	final AtomicBoolean away = new AtomicBoolean();

	private final Journal journal;

	LedgerCounts(Journal journal) {
		this.journal = journal;
	}

	long waiting() {
		return this.journal.waiting();
	}

	/**
	 * Records that could not be kept: unreadable ones, and those that the database
	 * refuses.
	 */
	long rejected() {
		return this.rejected.get() + this.journal.corrupt();
	}

}
