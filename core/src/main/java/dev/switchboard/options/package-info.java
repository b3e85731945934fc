/**
 * What a call asks for, made acceptable to whichever target answers it, and what a target
 * answered, made alike for whoever asked. Imports {@code cost}, {@code policy},
 * {@code route}, {@code call} and Spring AI.
 */
@NullMarked
package dev.switchboard.options;

import org.jspecify.annotations.NullMarked;
