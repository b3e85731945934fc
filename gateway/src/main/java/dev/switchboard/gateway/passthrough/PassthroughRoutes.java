package dev.switchboard.gateway.passthrough;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.Caller;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.front.DisconnectWatch;
import dev.switchboard.gateway.front.ErrorWriter;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.thread.TimeoutClock;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Makes the route of Spring Cloud Gateway that leads {@code /passthrough/{provider}/**}
 * to the providers' own APIs. Filters of Spring Cloud Gateway can be put before and
 * behind it: what they change of a request's headers reaches the provider, and what they
 * change of an answer's head reaches the caller. A filter that makes a new request has
 * Spring read the parameters first, and with them the body of a form, unless it is a
 * multipart one.
 */
public final class PassthroughRoutes implements AutoCloseable {

	private static final String ROUTE = "switchboard-passthrough";

	private final TimeoutClock timer = new TimeoutClock("switchboard-passthrough-timer");

	private final PassthroughParts parts;

	private final List<Consumer<? super RouterFunctions.Builder>> filters;

	private PassthroughRoutes(Builder builder) {
		this.parts = new PassthroughParts(builder.clients, builder.engine, builder.access, builder.contexts,
				builder.errors, builder.watch, builder.limits, this.timer);
		this.filters = List.copyOf(builder.filters);
	}

	/**
	 * Begins to put it together.
	 * @param clients the providers
	 * @param engine books the calls
	 * @param access who calls, and what he may
	 * @param errors tells callers of errors
	 * @param watch notices callers who leave
	 * @return a builder
	 */
	public static Builder builder(TargetClients clients, RouteEngine engine,
			Function<HttpServletRequest, CallerAccess> access, ErrorWriter errors, DisconnectWatch watch) {
		return new Builder(clients, engine, access, errors, watch);
	}

	/**
	 * The route.
	 * @return for a bean
	 */
	public RouterFunction<ServerResponse> router() {
		RouterFunctions.Builder route = GatewayRouterFunctions.route(ROUTE)
			.route(RequestPredicates.path(PassthroughPath.PREFIX + "{provider}/**"), new PassthroughHandler(this.parts))
			// Tells Spring Cloud Gateway's resolver to leave multipart bodies alone.
			.before(BeforeFilterFunctions.routeId(ROUTE));
		this.filters.forEach((filter) -> filter.accept(route));
		return route.build();
	}

	/** Ends the timer; requests still under way are not timed any more. */
	@Override
	public void close() {
		this.timer.close();
	}

	/**
	 * Puts it together.
	 */
	public static final class Builder {

		private final TargetClients clients;

		private final RouteEngine engine;

		private final Function<HttpServletRequest, CallerAccess> access;

		private final ErrorWriter errors;

		private final DisconnectWatch watch;

		private final List<Consumer<? super RouterFunctions.Builder>> filters = new ArrayList<>();

		private BiFunction<HttpServletRequest, Caller, CallContext> contexts = (request,
				caller) -> new CallContext(caller, Map.of(), CacheControl.DEFAULT, null, null);

		private PassthroughLimits limits = PassthroughLimits.DEFAULT;

		private Builder(TargetClients clients, RouteEngine engine, Function<HttpServletRequest, CallerAccess> access,
				ErrorWriter errors, DisconnectWatch watch) {
			this.clients = clients;
			this.engine = engine;
			this.access = access;
			this.errors = errors;
			this.watch = watch;
		}

		/**
		 * Sets how much and how long a request may take; by default
		 * {@link PassthroughLimits#DEFAULT}.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(PassthroughLimits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Sets what a request says beside what it asks for, such as tags; by default
		 * nothing.
		 * @param contexts makes it of the request and its caller
		 * @return this builder
		 */
		public Builder contexts(BiFunction<HttpServletRequest, Caller, CallContext> contexts) {
			this.contexts = contexts;
			return this;
		}

		/**
		 * Adds filters to the route.
		 * @param filter adds them, by {@code filter}, {@code before} or {@code after}
		 * @return this builder
		 */
		public Builder filters(Consumer<? super RouterFunctions.Builder> filter) {
			this.filters.add(filter);
			return this;
		}

		/**
		 * Puts it together.
		 * @return the route's factory, to be closed
		 */
		public PassthroughRoutes build() {
			return new PassthroughRoutes(this);
		}

	}

}
