package dev.switchboard.call;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a caller says about remembered answers, in the words of HTTP's
 * {@code Cache-Control}.
 *
 * @param noCache whether a remembered answer must not be used
 * @param noStore whether the answer must not be remembered
 * @param maxAge the oldest remembered answer that will do; {@code null} for any
 */
public record CacheControl(boolean noCache, boolean noStore, @Nullable Duration maxAge) {

	/** The route's own rules. */
	public static final CacheControl DEFAULT = new CacheControl(false, false, null);

	/** A fresh answer, to be remembered. */
	public static final CacheControl NO_CACHE = new CacheControl(true, false, null);

	/** A fresh answer, to be forgotten. */
	public static final CacheControl NO_STORE = new CacheControl(true, true, null);

	public CacheControl {
		if (maxAge != null && maxAge.isNegative()) {
			throw new IllegalArgumentException("max-age must not be negative, but was " + maxAge);
		}
	}

}
