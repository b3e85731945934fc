package dev.switchboard.simulator.test;

import dev.switchboard.simulator.Simulator;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Uses one simulator for all test classes of a run.
 */
class SharedSimulatorExtension extends SimulatorExtension {

	@Override
	Simulator simulator(ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(SharedSimulatorExtension.class, (key) -> Simulator.start(), Simulator.class);
	}

}
