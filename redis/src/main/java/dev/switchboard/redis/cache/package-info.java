/**
 * The second level of the response cache: how answers are written, and what is believed
 * of what is read. Imports {@code connection}.
 */
@NullMarked
package dev.switchboard.redis.cache;

import org.jspecify.annotations.NullMarked;
