/**
 * Properties and beans of Redis.
 */
@NullMarked
package dev.switchboard.redis.autoconfigure;

import org.jspecify.annotations.NullMarked;
