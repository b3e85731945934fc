/**
 * What is set at run time, as the database keeps it. Knows nothing of what it means: that
 * is said where it is mapped.
 */
@NullMarked
package dev.switchboard.store.setting;

import org.jspecify.annotations.NullMarked;
