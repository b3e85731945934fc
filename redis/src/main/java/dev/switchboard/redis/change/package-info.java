/**
 * How nodes tell one another of changes at run time. Imports {@code connection}.
 */
@NullMarked
package dev.switchboard.redis.change;

import org.jspecify.annotations.NullMarked;
