package dev.switchboard.policy;

/**
 * When the first content of a stream is passed to the caller.
 */
public enum StreamCommit {

	/** As soon as it is there. */
	FIRST_TOKEN,

	/** Once the answer is whole. */
	COMPLETE

}
