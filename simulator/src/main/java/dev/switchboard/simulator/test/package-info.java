/**
 * The test kit: a JUnit extension and AssertJ assertions around a simulator. Needs JUnit
 * and AssertJ on the class path, which the simulator itself does not. Imports
 * {@code simulator} and {@code simulator.chat}.
 */
@NullMarked
package dev.switchboard.simulator.test;

import org.jspecify.annotations.NullMarked;
