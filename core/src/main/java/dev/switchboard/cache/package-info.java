/**
 * The answers that routes remember, and the calls in flight that share one. Imports the
 * JDK, Spring AI's messages, Reactor, Caffeine, {@code policy}, {@code route},
 * {@code call}, {@code options} and {@code provider}.
 */
@NullMarked
package dev.switchboard.cache;

import org.jspecify.annotations.NullMarked;
