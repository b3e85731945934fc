package dev.switchboard.policy;

/**
 * What a policy does about one kind of failure.
 */
public enum Reaction {

	/** Try the same target again while retries remain, then fall back. */
	RETRY,

	/** Go on to the next target. */
	FALLBACK,

	/** End the call with this failure. */
	STOP

}
