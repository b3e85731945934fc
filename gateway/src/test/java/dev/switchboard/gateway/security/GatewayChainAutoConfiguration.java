package dev.switchboard.gateway.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.gateway.access.ClaimMapping;
import dev.switchboard.gateway.access.Teams;
import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The gateway's chain registered as it is to be: after Spring Boot has decided on its
 * own.
 */
@AutoConfiguration(after = ServletWebSecurityAutoConfiguration.class)
class GatewayChainAutoConfiguration {

	@Bean
	GatewaySecurity gatewaySecurity(ObjectProvider<VirtualKeys> keys, ObjectProvider<Teams> teams,
			ObjectProvider<JwtDecoder> decoder) {
		JwtDecoder tokens = decoder.getIfAvailable();
		return new GatewaySecurity(new GatewayPaths(GatewayPaths.DEFAULT),
				keys.getIfAvailable(() -> new VirtualKeys(List.of(), InstantSource.system())),
				teams.getIfAvailable(() -> Teams.NONE),
				(tokens != null) ? new JwtBearerTokens(tokens, ClaimMapping.DEFAULT) : null,
				GatewayChainAutoConfiguration::write, (request) -> "req-1");
	}

	@Bean
	@Order(GatewaySecurity.ORDER)
	SecurityFilterChain gatewayChain(HttpSecurity http, GatewaySecurity security) {
		return security.configure(http);
	}

	private static void write(HttpServletRequest request, HttpServletResponse response, GatewayError error)
			throws IOException {
		String shape = GatewayPaths.of(request).startsWith("/anthropic/") ? "anthropic" : "openai";
		response.setStatus(error.status());
		response.setContentType("application/json");
		response.getOutputStream()
			.write("{\"shape\":\"%s\",\"code\":\"%s\",\"message\":\"%s\",\"id\":\"%s\"}"
				.formatted(shape, error.code(), error.message(), error.requestId())
				.getBytes(StandardCharsets.UTF_8));
	}

}
