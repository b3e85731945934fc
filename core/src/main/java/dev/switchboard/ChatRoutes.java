package dev.switchboard;

import java.util.List;

import dev.switchboard.route.UnknownRouteException;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/**
 * The routes of an application by their names, for a name that is known only at run time.
 * What it gives stays valid when routes are changed at run time: the next call uses the
 * new targets.
 */
public interface ChatRoutes {

	/**
	 * The names of all routes, as they stand now.
	 * @return the names, in the order of the configuration
	 */
	List<String> names();

	/**
	 * The client of a route, with everything that Spring AI's auto-configured builder
	 * adds; the same bean that is injected under the route's name, unless the application
	 * has a bean of its own there.
	 * @param name the name of the route
	 * @return the client; the same one for the same name
	 * @throws UnknownRouteException if there is no such route
	 */
	ChatClient client(String name);

	/**
	 * The model of a route, for code that builds its own client or needs none.
	 * @param name the name of the route
	 * @return the model; the same one for the same name
	 * @throws UnknownRouteException if there is no such route
	 */
	ChatModel model(String name);

}
