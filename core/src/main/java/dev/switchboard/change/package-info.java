/**
 * What is changed at run time, and who is to hear of it.
 */
@NullMarked
package dev.switchboard.change;

import org.jspecify.annotations.NullMarked;
