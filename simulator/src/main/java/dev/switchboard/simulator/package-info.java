/**
 * Model providers on loopback that speak the real wires over real HTTP, answer
 * deterministically and misbehave on request: <pre>{@code
 * try (Simulator simulator = Simulator.start()) {
 *     SimulatedProvider openai = simulator.provider("openai");
 *     openai.model("gpt-5.4-mini").answers("Hello");
 *     openai.fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(1)).times(1));
 *     String baseUrl = openai.baseUrl(SimulatedWire.OPENAI);
 *     // let the application under test call that URL
 *     List<RecordedRequest> received = openai.requests();
 * }
 * }</pre> Imports {@code simulator.chat}, {@code simulator.wire},
 * {@code simulator.fault}, Netty and Jackson.
 */
@NullMarked
package dev.switchboard.simulator;

import org.jspecify.annotations.NullMarked;
