/**
 * Three things that applications do with routes, each short enough to be copied. Imports
 * Spring and Switchboard's public API alone.
 */
@NullMarked
package dev.switchboard.sample.examples;

import org.jspecify.annotations.NullMarked;
