package dev.switchboard.autoconfigure;

import java.util.List;

import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.RouteTable;

/**
 * What is configured of routes and policies, in the words of the engine.
 *
 * @param routes the routes
 * @param policies the policies, built-in ones included
 */
record RoutingPlan(RouteTable routes, List<FallbackPolicy> policies) {

}
