/**
 * What others see of calls and attempts: spans, metrics and log lines; never content.
 * Imports the JDK, Micrometer, Reactor's context, SLF4J, {@code cost}, {@code policy},
 * {@code route} and {@code call}.
 */
@NullMarked
package dev.switchboard.observation;

import org.jspecify.annotations.NullMarked;
