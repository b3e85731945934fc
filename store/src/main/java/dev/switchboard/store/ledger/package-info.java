/**
 * The ledger: every call and every attempt, written behind the calls and read for
 * reports. Knows nothing of the engine but the records that it leaves behind.
 */
@NullMarked
package dev.switchboard.store.ledger;

import org.jspecify.annotations.NullMarked;
