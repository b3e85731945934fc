package dev.switchboard.autoconfigure;

import java.util.List;

import dev.switchboard.budget.Budget;
import dev.switchboard.limit.Limit;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.RouteTable;

/**
 * What is configured of routes, policies, budgets and limits, in the words of the engine.
 *
 * @param routes the routes
 * @param policies the policies, built-in ones included
 * @param budgets the budgets
 * @param limits the limits
 */
record RoutingPlan(RouteTable routes, List<FallbackPolicy> policies, List<Budget> budgets, List<Limit> limits) {

}
