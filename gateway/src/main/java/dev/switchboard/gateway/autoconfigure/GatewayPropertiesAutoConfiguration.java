package dev.switchboard.gateway.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the properties, which are known and inspected even where the
 * gateway itself is switched off.
 */
@AutoConfiguration
@EnableConfigurationProperties(GatewayProperties.class)
public final class GatewayPropertiesAutoConfiguration {

	@Bean
	GatewayInspection switchboardGatewayInspection(GatewayProperties properties, ListableBeanFactory beans) {
		boolean open = beans.getBeanNamesForType(GatewayAutoConfiguration.class, true, false).length > 0;
		return new GatewayInspection(properties, open);
	}

}
