package dev.switchboard.call;

import java.util.Locale;

/**
 * What the response cache had to do with a call.
 */
public enum CacheOutcome {

	/** The route does not cache, or the caller asked for a fresh answer. */
	BYPASS,

	/** Nothing was remembered. */
	MISS,

	/** A fresh remembered answer was given. */
	HIT,

	/** A remembered answer was given after its time. */
	STALE,

	/** An identical call was under way, and its answer was shared. */
	JOINED;

	/**
	 * The name used in headers, logs and metrics.
	 * @return the name
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
