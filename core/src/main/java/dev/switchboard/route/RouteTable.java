package dev.switchboard.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All routes of an application, as they stand at one moment. A change makes a new table.
 */
public final class RouteTable {

	private final Map<String, Route> routes;

	private final @Nullable RouteName defaultRoute;

	/**
	 * A table of some routes.
	 * @param routes the routes, in the order in which they are shown
	 * @param defaultRoute the route of those who name none; {@code null} if there is none
	 * @throws IllegalArgumentException if two routes share a name, or the default route
	 * isn't there
	 */
	public RouteTable(List<? extends Route> routes, @Nullable RouteName defaultRoute) {
		Map<String, Route> byName = new LinkedHashMap<>();
		for (Route route : routes) {
			if (byName.put(route.name().value(), route) != null) {
				throw new IllegalArgumentException("Two routes are named '" + route.name() + "'");
			}
		}
		this.routes = Collections.unmodifiableMap(byName);
		this.defaultRoute = defaultRoute;
		if (defaultRoute != null) {
			get(defaultRoute);
		}
	}

	/**
	 * A route by its name.
	 * @param name the name
	 * @return the route
	 * @throws UnknownRouteException if there is none of that name
	 */
	public Route get(RouteName name) {
		return get(name.value());
	}

	/**
	 * A route by its name.
	 * @param name the name, as somebody wrote it
	 * @return the route
	 * @throws UnknownRouteException if there is none of that name
	 */
	public Route get(String name) {
		Route route = this.routes.get(name);
		if (route == null) {
			throw new UnknownRouteException(name, names());
		}
		return route;
	}

	/**
	 * The names of all routes.
	 * @return the names, in order
	 */
	public List<RouteName> names() {
		return this.routes.values().stream().map(Route::name).toList();
	}

	/**
	 * All routes.
	 * @return the routes, in order
	 */
	public List<Route> routes() {
		return List.copyOf(this.routes.values());
	}

	/**
	 * The route of those who name none.
	 * @return its name; {@code null} if there is none
	 */
	public @Nullable RouteName defaultRoute() {
		return this.defaultRoute;
	}

}
