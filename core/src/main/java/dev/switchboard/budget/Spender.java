package dev.switchboard.budget;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.switchboard.call.CallContext;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.route.RouteName;

/**
 * A call, as far as budgets want to know it.
 *
 * @param context who is charged, and his words for reports
 * @param route the route that is used
 * @param facts how large it is; asked for only if a budget is concerned
 * @param remaining how much longer it may take
 * @param degradedBy the budgets that led it to another route, and count it but hold it
 * back no more
 * @param scopes the scopes that it is made in
 */
public record Spender(CallContext context, RouteName route, Supplier<RequestFacts> facts, Duration remaining,
		Set<String> degradedBy, List<BudgetScope> scopes) {

}
