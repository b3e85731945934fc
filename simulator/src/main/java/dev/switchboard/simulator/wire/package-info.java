/**
 * How each provider writes: one class per wire turns answers and errors into bytes.
 * Internal to the simulator but for {@link dev.switchboard.simulator.wire.ProviderError}.
 * Imports {@code simulator.chat} and Jackson.
 */
@NullMarked
package dev.switchboard.simulator.wire;

import org.jspecify.annotations.NullMarked;
