package dev.switchboard.policy;

/**
 * What is done about a stream that breaks after its commit.
 */
public enum StreamResume {

	/** The caller is told. */
	NEVER,

	/**
	 * The next target is asked again and goes on where its answer begins with exactly
	 * what the caller already has; at the first difference the caller is told.
	 */
	VERIFIED,

	/**
	 * The next target is given what the caller already has as the beginning of its own
	 * answer, if the catalog says that it accepts one; else the caller is told.
	 */
	PREFILL

}
