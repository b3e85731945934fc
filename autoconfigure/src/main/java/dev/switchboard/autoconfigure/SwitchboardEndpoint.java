package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.switchboard.change.Setting;
import dev.switchboard.change.SettingsUnavailableException;
import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.health.TargetState;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.UnknownRouteException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint that shows the routes and how their targets stand, makes a target
 * usable again, and changes the targets of a route.
 */
@Endpoint(id = "switchboard")
public final class SwitchboardEndpoint {

	private final RouteEngine engine;

	private final RunTimeSettings settings;

	SwitchboardEndpoint(RouteEngine engine, RunTimeSettings settings) {
		this.engine = engine;
		this.settings = settings;
	}

	/**
	 * Everything.
	 * @return the routes and the targets
	 */
	@ReadOperation
	public Report report() {
		List<Route> routes = this.engine.routes().routes();
		return new Report(routes.stream().map(this::describe).toList(),
				routes.stream()
					.flatMap(SwitchboardEndpoint::targets)
					.distinct()
					.sorted((one, other) -> one.toString().compareTo(other.toString()))
					.map(this::describe)
					.toList());
	}

	/**
	 * One route.
	 * @param route its name
	 * @return the route; {@code null} if there is none
	 */
	@ReadOperation
	public @Nullable RouteReport route(@Selector String route) {
		return this.engine.routes()
			.routes()
			.stream()
			.filter((candidate) -> candidate.name().value().equals(route))
			.findFirst()
			.map(this::describe)
			.orElse(null);
	}

	/**
	 * Ends the cooldown of a target and closes its circuit breaker.
	 * @param reset the target, written {@code provider/model}
	 * @return how the target stands now, or status 400 if no route has it
	 */
	@WriteOperation
	public Object reset(String reset) {
		return this.engine.routes()
			.routes()
			.stream()
			.flatMap(SwitchboardEndpoint::targets)
			.filter((target) -> target.toString().equals(reset.strip()))
			.findFirst()
			.map(this::resetNow)
			.orElseGet(() -> refused(WebEndpointResponse.STATUS_BAD_REQUEST,
					List.of("No route has the target '" + reset + "'.")));
	}

	/**
	 * Gives a route other targets, for as long as what is set at run time is kept.
	 * @param route its name
	 * @param targets the targets, each written {@code provider/model}; over HTTP one text
	 * with commas between them
	 * @return the route as it is now, or status 404 if there is none, or 400 if the
	 * targets will not do, or 503 if they can't be kept
	 */
	@WriteOperation
	public Object retarget(@Selector String route, List<String> targets, SecurityContext security) {
		Setting setting = Setting.of(Setting.Kind.ROUTE, route, Map.of(Retargeting.TARGETS, String.join(",", targets)));
		return changed(route, () -> this.settings.put(setting, name(security)));
	}

	/**
	 * Gives a route the targets of its configuration back.
	 * @param route its name
	 * @return the route as it is now, or status 404 if there is none
	 */
	@DeleteOperation
	public Object restore(@Selector String route, SecurityContext security) {
		return changed(route, () -> this.settings.remove(Setting.Kind.ROUTE, route, name(security)));
	}

	private static String name(SecurityContext security) {
		return (security.getPrincipal() != null) ? security.getPrincipal().getName() : "actuator";
	}

	private Object resetNow(ModelId target) {
		this.engine.health().reset(target);
		return describe(target);
	}

	private Object changed(String route, Runnable change) {
		try {
			this.engine.routes().get(route);
			change.run();
			return describe(this.engine.routes().get(route));
		}
		catch (UnknownRouteException ex) {
			return refused(WebEndpointResponse.STATUS_NOT_FOUND, List.of(String.valueOf(ex.getMessage())));
		}
		catch (SettingsUnavailableException ex) {
			return refused(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, List.of(String.valueOf(ex.getMessage())));
		}
		catch (InvalidSwitchboardConfigurationException ex) {
			return refused(WebEndpointResponse.STATUS_BAD_REQUEST,
					ex.problems().stream().map(ConfigurationProblem::toString).toList());
		}
	}

	// Spring Boot leaves the message of an exception out of its answer.
	private static Object refused(int status, List<String> problems) {
		return new WebEndpointResponse<>(new Refusal(problems), status);
	}

	private static Stream<ModelId> targets(Route route) {
		return route.match((models) -> models.targets().stream().map((target) -> target.model()),
				(rules) -> Stream.<ModelId>empty());
	}

	private RouteReport describe(Route route) {
		boolean isDefault = route.name().equals(this.engine.routes().defaultRoute());
		return route.match((models) -> describe(models, isDefault), (rules) -> describe(rules, isDefault));
	}

	private RouteReport describe(ModelRoute route, boolean isDefault) {
		List<RouteTarget> targets = route.targets()
			.stream()
			.map((target) -> new RouteTarget(target.model().toString(),
					this.engine.health().state(target.model()).isUsable(), target.timeout(),
					new TreeSet<>(target.options().keySet())))
			.toList();
		return new RouteReport(route.name().value(), route.description(), isDefault, route.policy().name(),
				(route.cache() != null) ? route.cache().ttl() : null, targets, null);
	}

	private static RouteReport describe(RulesRoute route, boolean isDefault) {
		return new RouteReport(route.name().value(), route.description(), isDefault, null, null, null,
				route.rules().stream().map(SwitchboardEndpoint::describe).toList());
	}

	private static RouteRule describe(RoutingRule rule) {
		return new RouteRule(rule.when(), rule.route().value());
	}

	private TargetReport describe(ModelId target) {
		TargetState state = this.engine.health().state(target);
		return new TargetReport(target.toString(), state.isUsable(), state.coolingDownUntil(),
				(state.coolingDownAfter() != null) ? state.coolingDownAfter().property() : null,
				state.circuitBreaker().name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

	/**
	 * Everything.
	 *
	 * @param routes the routes, in the order of the configuration
	 * @param targets the targets of all routes, by name
	 */
	public record Report(List<RouteReport> routes, List<TargetReport> targets) {

	}

	/**
	 * A route.
	 *
	 * @param name its name
	 * @param description what it is for
	 * @param isDefault whether it is the route of those who name none
	 * @param policy the name of its policy; {@code null} for a route with rules
	 * @param cacheTtl how long its answers are remembered; {@code null} if they aren't
	 * @param targets its targets; {@code null} for a route with rules
	 * @param rules its rules; {@code null} for a route with targets
	 */
	public record RouteReport(String name, String description, boolean isDefault, @Nullable String policy,
			@Nullable Duration cacheTtl, @Nullable List<RouteTarget> targets, @Nullable List<RouteRule> rules) {

	}

	/**
	 * A target of a route.
	 *
	 * @param target the target, {@code provider/model}
	 * @param usable whether it would be called now
	 * @param timeout its own attempt timeout; {@code null} for the policy's
	 * @param options the names of its options
	 */
	public record RouteTarget(String target, boolean usable, @Nullable Duration timeout, Set<String> options) {

	}

	/**
	 * A rule of a route.
	 *
	 * @param when its condition; {@code null} if it always holds
	 * @param route the route that it picks
	 */
	public record RouteRule(@Nullable String when, String route) {

	}

	/**
	 * How a target stands.
	 *
	 * @param target the target, {@code provider/model}
	 * @param usable whether it would be called now
	 * @param coolingDownUntil until when it is left out; {@code null} if it isn't
	 * @param coolingDownAfter the kind of failure for which it is, such as
	 * {@code rate-limited}; {@code null} if it isn't
	 * @param circuitBreaker {@code closed}, {@code open} or {@code half-open}
	 */
	public record TargetReport(String target, boolean usable, @Nullable Instant coolingDownUntil,
			@Nullable String coolingDownAfter, String circuitBreaker) {

	}

	/**
	 * Why something was not done.
	 *
	 * @param problems what is wrong, and what to change
	 */
	public record Refusal(List<String> problems) {

	}

}
