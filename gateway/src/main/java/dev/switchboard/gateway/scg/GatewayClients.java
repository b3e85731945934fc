package dev.switchboard.gateway.scg;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The client of Spring Cloud Gateway's routes.
 */
final class GatewayClients {

	/** Spring Cloud Gateway's, which gives one factory to every client. */
	private static final String CUSTOMIZER = "gatewayRestClientCustomizer";

	private final ConfigurableListableBeanFactory beans;

	private final Environment environment;

	GatewayClients(ConfigurableListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	/**
	 * A client that does not follow redirects, unless the application says that its
	 * clients do, and that uses the application's own factory of requests if there is
	 * one.
	 */
	RestClient make(RestClient.Builder client, ClientHttpRequestFactoryBuilder<?> factories,
			HttpClientSettings settings) {
		String[] made = this.beans.getBeanNamesForType(ClientHttpRequestFactory.class);
		if (made.length == 1 && !isMadeBySpringBoot(made[0])) {
			return client.requestFactory(this.beans.getBean(made[0], ClientHttpRequestFactory.class)).build();
		}
		HttpClientSettings own = ApplicationDefaults.applicationSaysRedirects(this.environment) ? settings
				: settings.withRedirects(HttpRedirects.DONT_FOLLOW);
		return client.requestFactory(factories.build(own)).build();
	}

	private boolean isMadeBySpringBoot(String name) {
		return this.beans.containsBeanDefinition(name) && ImperativeHttpClientAutoConfiguration.class.getName()
			.equals(this.beans.getBeanDefinition(name).getFactoryBeanName());
	}

	/** Keeps the customizer from the clients of the application. */
	static void confineCustomizer(ConfigurableListableBeanFactory beans) {
		if (beans.containsBeanDefinition(CUSTOMIZER)) {
			beans.getBeanDefinition(CUSTOMIZER).setAutowireCandidate(false);
		}
	}

}
