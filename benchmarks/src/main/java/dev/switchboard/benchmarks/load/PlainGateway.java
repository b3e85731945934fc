package dev.switchboard.benchmarks.load;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An application with nothing but Spring Cloud Gateway, which forwards everything.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PlainGateway {

	/**
	 * Serves until it is ended.
	 * @param args the port, and that of the stand-in
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(PlainGateway.class);
		application.setDefaultProperties(Servers.properties(args[0],
				Map.of("bench.stand-in", args[1], "spring.http.clients.imperative.factory", "jdk")));
		application.run();
	}

	@Bean
	RouterFunction<ServerResponse> standIn(Environment environment) {
		return GatewayRouterFunctions.route("stand-in")
			.POST("/v1/**", HandlerFunctions.http())
			.before(BeforeFilterFunctions.uri("http://127.0.0.1:" + environment.getRequiredProperty("bench.stand-in")))
			.build();
	}

}
