/**
 * What is changed at run time: one change after another on all nodes, each with its entry
 * in the audit, and found out about by those who have not made it.
 */
@NullMarked
package dev.switchboard.store.change;

import org.jspecify.annotations.NullMarked;
