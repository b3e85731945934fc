package dev.switchboard.call;

import java.util.List;

import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call when the first content of its answer is passed on.
 *
 * @param id the call's identifier
 * @param route the route that is used
 * @param target who answers; {@code null} where a remembered answer does not tell it yet
 * @param attempts how many requests were sent so far
 * @param cache what the response cache has to do with it
 * @param budgets what budgets have to say of it; empty if nothing
 * @param limits how the limits stand that it counts in; empty if there are none
 */
public record CallProgress(String id, RouteName route, @Nullable ModelId target, int attempts, CacheOutcome cache,
		List<BudgetNote> budgets, List<LimitNote> limits) {

	public CallProgress {
		budgets = List.copyOf(budgets);
		limits = List.copyOf(limits);
	}

}
