/**
 * Which targets are usable at this moment: cooldowns and circuit breakers. Imports
 * {@code cost}, {@code policy}, {@code route} and {@code call}.
 */
@NullMarked
package dev.switchboard.health;

import org.jspecify.annotations.NullMarked;
