package dev.switchboard.route;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a route remembers answers.
 *
 * @param ttl how long an answer is fresh; positive
 * @param scope who shares it; {@code null} for all callers in process, and for each
 * caller of the gateway by himself: those have nothing to do with one another
 * @param staleWhileRevalidate for how long after that it is still given out while a new
 * one is fetched behind it; zero for never
 * @param staleIfError for how long after that it is still given out when no target
 * answers; zero for never
 */
public record CacheSettings(Duration ttl, @Nullable CacheScope scope, Duration staleWhileRevalidate,
		Duration staleIfError) {

	public CacheSettings {
		if (ttl.isNegative() || ttl.isZero()) {
			throw new IllegalArgumentException("The cache's ttl must be positive, but was " + ttl);
		}
		if (staleWhileRevalidate.isNegative() || staleIfError.isNegative()) {
			throw new IllegalArgumentException("stale-while-revalidate and stale-if-error must not be negative");
		}
	}

	/**
	 * A cache with the usual scope that never gives out stale answers.
	 * @param ttl how long an answer is fresh
	 * @return the settings
	 */
	public static CacheSettings of(Duration ttl) {
		return new CacheSettings(ttl, null, Duration.ZERO, Duration.ZERO);
	}

}
