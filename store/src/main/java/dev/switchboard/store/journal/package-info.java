/**
 * Where records wait for the database: a bounded queue that outlives the process, or one
 * in memory. Knows nothing of what it holds, and imports nothing of the others.
 */
@NullMarked
package dev.switchboard.store.journal;

import org.jspecify.annotations.NullMarked;
