/**
 * What is left of limits, for all nodes. Imports {@code connection}; Bucket4j counts.
 */
@NullMarked
package dev.switchboard.redis.limit;

import org.jspecify.annotations.NullMarked;
