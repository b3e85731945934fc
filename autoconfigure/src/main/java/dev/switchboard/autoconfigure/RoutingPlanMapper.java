package dev.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.budget.Budget;
import dev.switchboard.limit.Limit;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.RouteTable;

/**
 * Turns properties into the routes, policies, budgets and limits of the engine, and ends
 * the start with everything that is wrong with them.
 */
final class RoutingPlanMapper {

	private final RouteChecks checks;

	private final ConfigurationInspection inspection;

	private final Problems problems;

	RoutingPlanMapper(RouteChecks checks, ConfigurationInspection inspection, Problems problems) {
		this.checks = checks;
		this.inspection = inspection;
		this.problems = problems;
	}

	/**
	 * Maps the properties.
	 * @param properties what is configured
	 * @return the plan
	 * @throws InvalidSwitchboardConfigurationException with every problem, if there is
	 * any
	 */
	RoutingPlan map(SwitchboardProperties properties) {
		this.inspection.inspect(properties, this.problems);
		Map<String, FallbackPolicy> policies = new PolicyMapper(properties.policies(), this.problems).map();
		RouteTable routes = new RouteMapper(properties, policies, this.checks, this.problems).map();
		SelectorMapper selectors = new SelectorMapper(properties, this.checks.providers(), this.problems);
		List<Budget> budgets = new BudgetMapper(properties, selectors, this.problems).map();
		List<Limit> limits = new LimitMapper(properties, selectors, this.problems).map();
		this.problems.throwIfAny();
		new UnpricedTargets(this.checks.catalog()).report(routes, budgets, this.problems);
		return new RoutingPlan(routes, new ArrayList<>(policies.values()), budgets, limits);
	}

}
