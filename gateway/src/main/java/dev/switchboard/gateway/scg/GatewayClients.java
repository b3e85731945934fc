package dev.switchboard.gateway.scg;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The client of Spring Cloud Gateway's routes.
 */
final class GatewayClients {

	/** Spring Cloud Gateway's, which gives one factory to every client. */
	private static final String CUSTOMIZER = "gatewayRestClientCustomizer";

	private GatewayClients() {
	}

	/**
	 * A client that does not follow redirects, unless the application says that its
	 * clients do, and that uses the application's own factory of requests if there is
	 * one.
	 */
	static RestClient of(RestClient.Builder client, ClientHttpRequestFactoryBuilder<?> factories,
			HttpClientSettings settings, ObjectProvider<ClientHttpRequestFactory> ownFactory, Environment environment) {
		HttpClientSettings own = ApplicationDefaults.applicationSaysRedirects(environment) ? settings
				: settings.withRedirects(HttpRedirects.DONT_FOLLOW);
		client.requestFactory(factories.build(own));
		ownFactory.ifAvailable(client::requestFactory);
		return client.build();
	}

	/** Keeps the customizer from the clients of the application. */
	static void confineCustomizer(ConfigurableListableBeanFactory beans) {
		if (beans.containsBeanDefinition(CUSTOMIZER)) {
			beans.getBeanDefinition(CUSTOMIZER).setAutowireCandidate(false);
		}
	}

}
