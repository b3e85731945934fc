/**
 * The sample application. It uses what any user of the starter could use.
 */
@NullMarked
package dev.switchboard.sample;

import org.jspecify.annotations.NullMarked;
