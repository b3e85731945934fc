/**
 * The connection to Redis, and what becomes of calls when it is away. Knows nothing of
 * what is kept there.
 */
@NullMarked
package dev.switchboard.redis.connection;

import org.jspecify.annotations.NullMarked;
