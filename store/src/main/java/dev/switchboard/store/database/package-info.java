/**
 * The store's own database: its pool, its tables, and what differs between databases. An
 * application's own database is nothing to it.
 */
@NullMarked
package dev.switchboard.store.database;

import org.jspecify.annotations.NullMarked;
