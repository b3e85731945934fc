package dev.switchboard.gateway.scg;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.GatewayServerMvcAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/**
 * Auto-configuration that gives the routes of Spring Cloud Gateway a client of their own,
 * which does for them what Spring Cloud Gateway would have all clients of the application
 * do.
 */
@AutoConfiguration(before = GatewayServerMvcAutoConfiguration.class,
		after = { RestClientAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ImperativeHttpClientAutoConfiguration.class })
@ConditionalOnClass(GatewayServerMvcAutoConfiguration.class)
@ConditionalOnProperty(name = "spring.cloud.gateway.server.webmvc.enabled", matchIfMissing = true)
public final class ConfinedSpringCloudGatewayAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ProxyExchange.class)
	@ConditionalOnBean({ RestClient.Builder.class, ClientHttpRequestFactoryBuilder.class, HttpClientSettings.class })
	RestClientProxyExchange switchboardProxyExchange(RestClient.Builder client, GatewayMvcProperties properties,
			ClientHttpRequestFactoryBuilder<?> factories, HttpClientSettings settings,
			ConfigurableListableBeanFactory beans, Environment environment) {
		return new RestClientProxyExchange(new GatewayClients(beans, environment).make(client, factories, settings),
				properties);
	}

	@Bean
	static BeanFactoryPostProcessor switchboardClientCustomizerConfinement() {
		return GatewayClients::confineCustomizer;
	}

}
