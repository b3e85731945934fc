package dev.switchboard.engine;

import dev.switchboard.call.CallOutcome;

/**
 * Carries the end of a call without a whole answer to the one place that tells the
 * caller; never leaves the engine.
 */
final class CallEnded extends RuntimeException {

	private final transient CallOutcome outcome;

	private final boolean committed;

	CallEnded(CallOutcome outcome, boolean committed) {
		super(outcome.label(), null, false, false);
		this.outcome = outcome;
		this.committed = committed;
	}

	CallOutcome outcome() {
		return this.outcome;
	}

	/** Whether the caller already has the beginning of an answer. */
	boolean committed() {
		return this.committed;
	}

}
