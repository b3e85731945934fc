/**
 * Keys of the gateway, their teams, and who changed them, as the database keeps them.
 * Knows nothing of the gateway: what a key is good for is said there.
 */
@NullMarked
package dev.switchboard.store.key;

import org.jspecify.annotations.NullMarked;
