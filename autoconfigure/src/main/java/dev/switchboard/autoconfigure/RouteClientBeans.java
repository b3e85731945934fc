package dev.switchboard.autoconfigure;

import dev.switchboard.ChatRoutes;
import org.springframework.ai.chat.client.ChatClient;

/**
 * Makes the beans that are named after routes. Their definitions name this bean and its
 * method, so that they can be processed ahead of time.
 */
final class RouteClientBeans {

	static final String BEAN_NAME = "switchboardRouteClientBeans";

	private final ChatRoutes routes;

	RouteClientBeans(ChatRoutes routes) {
		this.routes = routes;
	}

	ChatClient client(String route) {
		return this.routes.client(route);
	}

}
