/**
 * Model providers on loopback that speak the real wires over real HTTP, answer
 * deterministically and misbehave on request. {@link dev.switchboard.simulator.Simulator}
 * is where to begin. Imports {@code simulator.chat}, {@code simulator.wire},
 * {@code simulator.fault}, Netty and Jackson.
 */
@NullMarked
package dev.switchboard.simulator;

import org.jspecify.annotations.NullMarked;
