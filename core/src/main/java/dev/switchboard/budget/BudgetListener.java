package dev.switchboard.budget;

/**
 * Hears of what happens to budgets, on the thread of the call by which it happened. It
 * must return soon; what it throws is logged and goes no further.
 */
@FunctionalInterface
public interface BudgetListener {

	/**
	 * Something happened to a budget.
	 * @param event what
	 */
	void happened(BudgetEvent event);

}
