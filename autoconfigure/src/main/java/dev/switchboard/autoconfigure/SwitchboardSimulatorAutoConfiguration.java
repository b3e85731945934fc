package dev.switchboard.autoconfigure;

import java.net.URI;

import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of an embedded simulator, for demos and tests.
 */
@AutoConfiguration(before = SwitchboardAutoConfiguration.class)
@ConditionalOnClass(Simulator.class)
@ConditionalOnBooleanProperty(name = "switchboard.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("switchboard.simulator.enabled")
public final class SwitchboardSimulatorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Simulator switchboardSimulator() {
		return Simulator.start();
	}

	@Bean
	SimulatedAddresses switchboardSimulatedAddresses(Simulator simulator) {
		return (provider, wire) -> URI.create(simulator.provider(provider).baseUrl(SimulatedWire.valueOf(wire.name())));
	}

}
