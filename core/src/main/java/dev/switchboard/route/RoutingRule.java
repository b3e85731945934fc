package dev.switchboard.route;

import org.jspecify.annotations.Nullable;

/**
 * One rule of a route that picks a route.
 *
 * @param when the condition, an expression over the request; {@code null} always holds
 * @param route the route that it picks
 */
public record RoutingRule(@Nullable String when, RouteName route) {

	@Override
	public String toString() {
		return ((this.when != null) ? "when " + this.when + " " : "") + "route " + this.route;
	}

}
