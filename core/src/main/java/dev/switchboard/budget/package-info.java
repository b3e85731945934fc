/**
 * What may be spent, by whom and until when, and what of it is reserved and spent.
 * Imports {@code cost}, {@code policy}, {@code route} and {@code call}.
 */
@NullMarked
package dev.switchboard.budget;

import org.jspecify.annotations.NullMarked;
