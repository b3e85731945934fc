package dev.switchboard.engine;

import dev.switchboard.call.CallContext;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.RouteName;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * What a caller asks for: a name in the table of this moment, or a route of his own.
 */
sealed interface RequestedRoute {

	RouteName name();

	RouteResolver.Resolved resolve(RouteResolver routes, Prompt prompt, CallContext context);

	/**
	 * A route of the table.
	 *
	 * @param name its name
	 */
	record Named(RouteName name) implements RequestedRoute {

		@Override
		public RouteResolver.Resolved resolve(RouteResolver routes, Prompt prompt, CallContext context) {
			return routes.resolve(this.name, prompt, context.caller(), context.tags());
		}

		@Override
		public String toString() {
			return this.name.toString();
		}

	}

	/**
	 * A route that stands in no table.
	 *
	 * @param route the route
	 */
	record Given(ModelRoute route) implements RequestedRoute {

		@Override
		public RouteName name() {
			return this.route.name();
		}

		@Override
		public RouteResolver.Resolved resolve(RouteResolver routes, Prompt prompt, CallContext context) {
			return new RouteResolver.Resolved(this.route.name(), this.route, null, null);
		}

		@Override
		public String toString() {
			return this.route.name().toString();
		}

	}

}
