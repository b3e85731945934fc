package dev.switchboard.cache;

import dev.switchboard.route.RouteName;

/**
 * Stands for one request to one route: two requests have the same key exactly if the same
 * answer will do for both. It is the same on every machine and tells nothing of the
 * content.
 *
 * @param route the route that was asked
 * @param digest the SHA-256 of everything that shapes the answer, in hexadecimal
 */
public record CacheKey(RouteName route, String digest) {
}
