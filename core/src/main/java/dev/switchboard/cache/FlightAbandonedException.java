package dev.switchboard.cache;

/**
 * Whoever asked the targets went away, or has no answer that could be shared: those who
 * waited for it start afresh.
 */
final class FlightAbandonedException extends RuntimeException {

	FlightAbandonedException() {
		super("The call in flight was given up", null, false, false);
	}

}
