package dev.switchboard.provider;

import java.util.Locale;
import java.util.Map;

import dev.switchboard.cost.ModelId;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulated provider for each wire, and the clients that call them. As an extension of
 * JUnit it forgets after each test what it was asked and told to do.
 */
final class Providers implements AutoCloseable, AfterEachCallback, AfterAllCallback {

	static final String KEY = "sk-test-0123456789abcdef";

	private final Simulator simulator = Simulator.start();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final TargetClients clients;

	Providers() {
		TargetClients.Builder builder = TargetClients.builder().meterRegistry(this.meters);
		for (Wire wire : Wire.values()) {
			builder.provider(ProviderSettings.of(name(wire), wire, url(wire), Secret.of(KEY)));
		}
		this.clients = builder.build();
	}

	static String name(Wire wire) {
		return wire.name().toLowerCase(Locale.ROOT);
	}

	String url(Wire wire) {
		return of(wire).baseUrl(SimulatedWire.valueOf(wire.name()));
	}

	SimulatedProvider of(Wire wire) {
		return this.simulator.provider(name(wire));
	}

	TargetClients clients() {
		return this.clients;
	}

	TargetClient client(Wire wire) {
		return this.clients.get(Target.of(name(wire) + "/model-1"));
	}

	TargetClient client(Wire wire, Map<String, Object> options) {
		return this.clients.get(new Target(new ModelId(name(wire), "model-1"), null, options));
	}

	/** How many connections to a provider are not free for the next request. */
	int connectionsInUse(Wire wire) {
		return connections(wire, "active");
	}

	/** How many are. */
	int idleConnections(Wire wire) {
		return connections(wire, "idle");
	}

	private int connections(Wire wire, String state) {
		return (int) this.meters.get("okhttp.pool.connection.count")
			.tags("provider", name(wire), "state", state)
			.gauge()
			.value();
	}

	void reset() {
		this.simulator.reset();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		reset();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		close();
	}

	@Override
	public void close() {
		this.clients.close();
		this.simulator.close();
	}

}
