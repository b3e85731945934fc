package dev.switchboard.autoconfigure;

import dev.switchboard.engine.RouteEngine;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of every route.
 */
@AutoConfiguration(after = SwitchboardAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(RouteEngine.class)
@ConditionalOnEnabledHealthIndicator("switchboard")
public final class SwitchboardHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "switchboardHealthContributor")
	RouteHealthContributor switchboardHealthContributor(RouteEngine engine) {
		return new RouteHealthContributor(engine);
	}

}
