package dev.switchboard.budget;

import java.util.Comparator;
import java.util.List;

/**
 * All budgets at one time.
 *
 * @param all the budgets
 * @param ofCalls those that count calls, in the order in which they are asked
 * @param ofAttempts those that count attempts
 */
record BudgetTable(List<Budget> all, List<Budget> ofCalls, List<Budget> ofAttempts) {

	// The one that refuses is asked first: no other route helps where it has nothing.
	private static final Comparator<Budget> REFUSING_FIRST = Comparator
		.comparing((budget) -> budget.onLimit().match(() -> 0, () -> 2, (degrade) -> 1));

	static BudgetTable of(List<Budget> budgets) {
		return new BudgetTable(List.copyOf(budgets),
				budgets.stream()
					.filter((budget) -> !budget.selector().countsAttempts())
					.sorted(REFUSING_FIRST)
					.toList(),
				budgets.stream().filter((budget) -> budget.selector().countsAttempts()).toList());
	}

}
