package dev.switchboard.redis.limit;

/**
 * What becomes of calls that a limit concerns while Redis is away.
 */
public enum OutageRule {

	/**
	 * They go on. Each node counts for itself, from what it has taken.
	 */
	FAIL_OPEN,

	/**
	 * They are refused.
	 */
	FAIL_CLOSED

}
