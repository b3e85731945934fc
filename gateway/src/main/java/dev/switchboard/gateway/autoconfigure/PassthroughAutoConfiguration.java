package dev.switchboard.gateway.autoconfigure;

import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.front.CallWishes;
import dev.switchboard.gateway.front.DisconnectWatch;
import dev.switchboard.gateway.front.OpenCalls;
import dev.switchboard.gateway.front.PathErrors;
import dev.switchboard.gateway.passthrough.BrokenAnswers;
import dev.switchboard.gateway.passthrough.PassthroughLimits;
import dev.switchboard.gateway.passthrough.PassthroughRoutes;
import dev.switchboard.gateway.security.CallerAuthentication;
import dev.switchboard.provider.TargetClients;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Auto-configuration of the way past the routes, to the providers' own interfaces.
 */
@AutoConfiguration(after = GatewayAutoConfiguration.class)
@ConditionalOnBean(GatewayAutoConfiguration.class)
@ConditionalOnClass(GatewayRouterFunctions.class)
@ConditionalOnBooleanProperty(name = "switchboard.gateway.passthrough.enabled", matchIfMissing = true)
public final class PassthroughAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PassthroughRoutes switchboardPassthrough(GatewayProperties properties, TargetClients clients, RouteEngine engine,
			ObjectProvider<DisconnectWatch> disconnects, OpenCalls openCalls) {
		GatewayProperties.Passthrough passthrough = properties.passthrough();
		return PassthroughRoutes
			.builder(clients, engine, CallerAuthentication::accessOf, new PathErrors(),
					disconnects.getIfUnique(() -> DisconnectWatch.NONE))
			.limits(new PassthroughLimits(passthrough.maxRequestSize().toBytes(), passthrough.answerTimeout(),
					passthrough.idleTimeout()))
			.contexts((request, caller) -> CallWishes.read(request, caller, engine.policies()))
			.filters((route) -> route.filter(new CountedPassthrough(openCalls, new PathErrors())))
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	BrokenAnswers switchboardBrokenAnswers() {
		return new BrokenAnswers();
	}

	@Bean
	RouterFunction<ServerResponse> switchboardPassthroughRoute(PassthroughRoutes routes) {
		return routes.router();
	}

}
