package dev.switchboard.route;

import java.util.Collection;

/**
 * A route was asked for that does not exist.
 */
public final class UnknownRouteException extends IllegalArgumentException {

	private final String route;

	/**
	 * A route was asked for that does not exist.
	 * @param route what was asked for
	 * @param known the routes that exist
	 */
	public UnknownRouteException(String route, Collection<RouteName> known) {
		super("There is no route '" + route + "'. The routes are " + known + ".");
		this.route = route;
	}

	/**
	 * What was asked for.
	 * @return the name
	 */
	public String route() {
		return this.route;
	}

}
