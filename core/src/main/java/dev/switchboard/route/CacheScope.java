package dev.switchboard.route;

/**
 * Who shares remembered answers.
 */
public enum CacheScope {

	/** Each caller has his own. */
	CALLER,

	/** All callers share them. */
	SHARED

}
