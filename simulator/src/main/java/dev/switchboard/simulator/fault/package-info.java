/**
 * What can go wrong at a simulated provider, on any wire. Imports {@code simulator.chat}
 * and {@code simulator.wire}.
 */
@NullMarked
package dev.switchboard.simulator.fault;

import org.jspecify.annotations.NullMarked;
