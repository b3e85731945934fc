package dev.switchboard.gateway.autoconfigure;

import java.time.InstantSource;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.access.Teams;
import dev.switchboard.gateway.front.PathErrors;
import dev.switchboard.gateway.front.RequestIds;
import dev.switchboard.gateway.key.KeyDirectory;
import dev.switchboard.gateway.security.BearerTokens;
import dev.switchboard.gateway.security.GatewayPaths;
import dev.switchboard.gateway.security.GatewaySecurity;
import dev.switchboard.gateway.security.JwtBearerTokens;
import dev.switchboard.store.autoconfigure.KeyTablesAutoConfiguration;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.key.KeyTables;
import dev.switchboard.store.key.KeyWatch;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Auto-configuration of who is let in. Comes after Spring Boot has decided on its own
 * filter chain, which goes on protecting the rest of an application that has none of its
 * own.
 */
@AutoConfiguration(after = { GatewayAutoConfiguration.class, KeyTablesAutoConfiguration.class,
		ServletWebSecurityAutoConfiguration.class })
@ConditionalOnBean(GatewayAutoConfiguration.class)
public final class GatewaySecurityAutoConfiguration {

	// Behind the inspection, which tells what is wrong here together with the rest.
	@Bean
	@ConditionalOnMissingBean(KeyStore.class)
	@DependsOn("switchboardRoutingPlan")
	KeyDirectory switchboardKeys(GatewayProperties properties, ObjectProvider<KeyTables> tables) {
		InstantSource clock = InstantSource.system();
		return new KeyDirectory(new KeyMapper().map(properties, clock), tables.getIfAvailable() != null, clock);
	}

	// Somebody must look, also where beans are made when they are first used.
	@Bean(initMethod = "start")
	@Lazy(false)
	@ConditionalOnBean({ KeyDirectory.class, KeyTables.class })
	@ConditionalOnMissingBean
	KeyWatch switchboardKeyWatch(KeyDirectory keys, KeyTables tables, WatchSettings settings,
			ObjectProvider<ChangeFeed> feed) {
		return new KeyWatch(tables, feed.getIfUnique(() -> ChangeFeed.NONE), settings, keys::accept);
	}

	@Bean
	@ConditionalOnMissingBean
	GatewaySecurity switchboardGatewaySecurity(KeyStore keys, ObjectProvider<Teams> teams,
			ObjectProvider<BearerTokens> tokens) {
		return new GatewaySecurity(new GatewayPaths(GatewayPaths.DEFAULT), keys, teams.getIfUnique(() -> Teams.NONE),
				tokens.getIfUnique(), new PathErrors()::write, RequestIds::of);
	}

	@Bean
	@Order(GatewaySecurity.ORDER)
	SecurityFilterChain switchboardGatewayFilterChain(HttpSecurity http, GatewaySecurity security) {
		return security.configure(http);
	}

	@Bean
	GatewayStartupLog switchboardGatewayStartupLog(GatewaySecurity security, KeyStore keys) {
		return new GatewayStartupLog(security, keys);
	}

	/** Loaded only where Spring Security's resource server is there. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JwtDecoder.class)
	static class TokenConfiguration {

		@Bean
		@ConditionalOnBean(JwtDecoder.class)
		@ConditionalOnMissingBean
		BearerTokens switchboardBearerTokens(JwtDecoder decoder, GatewayProperties properties) {
			return new JwtBearerTokens(decoder, KeyMapper.claims(properties.jwt()));
		}

	}

}
