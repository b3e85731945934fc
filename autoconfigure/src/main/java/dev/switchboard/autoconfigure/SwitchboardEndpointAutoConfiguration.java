package dev.switchboard.autoconfigure;

import dev.switchboard.engine.RouteEngine;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator's endpoint {@code switchboard}.
 */
@AutoConfiguration(after = SwitchboardAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({ RouteEngine.class, RunTimeSettings.class })
@ConditionalOnAvailableEndpoint(SwitchboardEndpoint.class)
public final class SwitchboardEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SwitchboardEndpoint switchboardEndpoint(RouteEngine engine, RunTimeSettings settings) {
		return new SwitchboardEndpoint(engine, settings);
	}

}
