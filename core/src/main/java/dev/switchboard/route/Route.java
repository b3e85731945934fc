package dev.switchboard.route;

import java.util.function.Function;

/**
 * A name that an application asks for, and what stands behind it.
 */
public sealed interface Route permits ModelRoute, RulesRoute {

	/**
	 * The name.
	 * @return the name
	 */
	RouteName name();

	/**
	 * What the route is for, in a few words.
	 * @return the description; empty if there is none
	 */
	String description();

	/**
	 * Reads this route, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param models reads a route with targets
	 * @param rules reads a route that picks a route
	 * @return what the reader made of it
	 */
	<T> T match(Function<ModelRoute, T> models, Function<RulesRoute, T> rules);

}
