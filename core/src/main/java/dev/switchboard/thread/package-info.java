/**
 * Threads for what can't be done on a caller's, and the clock of timeouts. Imports
 * nothing of ours.
 */
@NullMarked
package dev.switchboard.thread;

import org.jspecify.annotations.NullMarked;
