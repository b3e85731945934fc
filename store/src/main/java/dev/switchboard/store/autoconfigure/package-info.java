/**
 * Properties and beans of the store.
 */
@NullMarked
package dev.switchboard.store.autoconfigure;

import org.jspecify.annotations.NullMarked;
