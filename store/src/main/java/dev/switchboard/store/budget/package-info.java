/**
 * What is reserved and spent of budgets, in the store's database, and what becomes of
 * calls while that is away.
 */
@NullMarked
package dev.switchboard.store.budget;

import org.jspecify.annotations.NullMarked;
