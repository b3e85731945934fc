package dev.switchboard.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.switchboard.ChatRoutes;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.route.RouteName;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/**
 * The clients and models of the routes, each made when it is first asked for.
 */
final class RouteClients implements ChatRoutes {

	private final RouteEngine engine;

	private final RouteClientFactory factory;

	private final Map<RouteName, ChatModel> models = new ConcurrentHashMap<>();

	private final Map<RouteName, ChatClient> clients = new ConcurrentHashMap<>();

	RouteClients(RouteEngine engine, RouteClientFactory factory) {
		this.engine = engine;
		this.factory = factory;
	}

	@Override
	public List<String> names() {
		return this.engine.routes().names().stream().map(RouteName::value).toList();
	}

	@Override
	public ChatClient client(String name) {
		ChatModel model = model(name);
		return this.clients.computeIfAbsent(new RouteName(name), (route) -> this.factory.create(model));
	}

	@Override
	public ChatModel model(String name) {
		RouteName route = this.engine.routes().get(name).name();
		return this.models.computeIfAbsent(route, this.engine::model);
	}

}
