package dev.switchboard.autoconfigure;

import java.util.List;

import dev.switchboard.budget.Budget;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.RouteTable;

/**
 * What is configured of routes, policies and budgets, in the words of the engine.
 *
 * @param routes the routes
 * @param policies the policies, built-in ones included
 * @param budgets the budgets
 */
record RoutingPlan(RouteTable routes, List<FallbackPolicy> policies, List<Budget> budgets) {

}
