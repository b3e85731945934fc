package dev.switchboard.gateway.autoconfigure;

import java.time.InstantSource;
import java.util.LinkedHashMap;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.front.DisconnectWatch;
import dev.switchboard.gateway.front.FrontDoors;
import dev.switchboard.gateway.front.KeepAlives;
import dev.switchboard.gateway.front.OpenCalls;
import dev.switchboard.gateway.front.TomcatDisconnects;
import dev.switchboard.gateway.security.CallerAuthentication;
import dev.switchboard.provider.TargetClients;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Auto-configuration of the front door.
 */
@AutoConfiguration(after = SwitchboardAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBooleanProperty(name = { "switchboard.enabled", "switchboard.gateway.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(GatewayProperties.class)
public final class GatewayAutoConfiguration {

	/** Before the application's own controllers, which may be asked for any path. */
	static final int ORDER = -10;

	@Bean
	@ConditionalOnMissingBean
	OpenCalls switchboardOpenCalls() {
		return new OpenCalls();
	}

	@Bean
	@ConditionalOnMissingBean
	KeepAlives switchboardKeepAlives() {
		return new KeepAlives();
	}

	@Bean
	@ConditionalOnMissingBean
	FrontDoors switchboardFrontDoors(GatewayProperties properties, RouteEngine engine, TargetClients clients,
			ModelCatalog catalog, ObjectProvider<DisconnectWatch> disconnects, KeepAlives keepAlives,
			OpenCalls openCalls) {
		return new FrontDoors(engine, clients, catalog, CallerAuthentication::accessOf,
				new FrontDoors.Settings(properties.maxRequestSize().toBytes(), properties.requestTimeout(),
						properties.aliases(), properties.responsesProviders()),
				disconnects.getIfUnique(() -> DisconnectWatch.NONE), keepAlives, openCalls, InstantSource.system());
	}

	@Bean
	SimpleUrlHandlerMapping switchboardFrontDoorMapping(FrontDoors doors) {
		return new SimpleUrlHandlerMapping(new LinkedHashMap<>(doors.handlers()), ORDER);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.apache.coyote.http11.Http11Processor")
	static class TomcatConfiguration {

		@Bean
		@ConditionalOnMissingBean(DisconnectWatch.class)
		TomcatDisconnects switchboardDisconnects() {
			return new TomcatDisconnects();
		}

	}

}
