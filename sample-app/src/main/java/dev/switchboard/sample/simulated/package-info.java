/**
 * What the simulated providers of the demo answer, and how they are made to misbehave.
 */
@NullMarked
package dev.switchboard.sample.simulated;

import org.jspecify.annotations.NullMarked;
