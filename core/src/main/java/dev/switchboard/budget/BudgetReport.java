package dev.switchboard.budget;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * How all budgets of an application stand.
 */
public final class BudgetReport {

	private static final Comparator<Balance> LARGEST_FIRST = Comparator.comparing(Balance::spent)
		.reversed()
		.thenComparing((balance) -> balance.account().holder());

	private final Supplier<List<Budget>> budgets;

	private final BudgetStore store;

	/**
	 * A report of budgets.
	 * @param budgets gives the budgets as they stand at the time
	 * @param store keeps what is spent
	 */
	public BudgetReport(Supplier<List<Budget>> budgets, BudgetStore store) {
		this.budgets = budgets;
		this.store = store;
	}

	/**
	 * How they stand now.
	 * @return every budget, in the order in which they are configured
	 */
	public List<Entry> entries() {
		return this.budgets.get().stream().map(this::entry).toList();
	}

	/**
	 * How one stands now.
	 * @param name its name
	 * @return the budget; {@code null} if there is none of that name
	 */
	public @Nullable Entry find(String name) {
		return this.budgets.get()
			.stream()
			.filter((budget) -> budget.name().equals(name))
			.findFirst()
			.map(this::entry)
			.orElse(null);
	}

	private Entry entry(Budget budget) {
		return new Entry(budget, this.store.balances(budget.name()).stream().sorted(LARGEST_FIRST).toList());
	}

	/**
	 * How one budget stands.
	 *
	 * @param budget the budget
	 * @param balances its accounts of which anything is spent or reserved, the largest
	 * first
	 */
	public record Entry(Budget budget, List<Balance> balances) {

		public Entry {
			balances = List.copyOf(balances);
		}

	}

}
