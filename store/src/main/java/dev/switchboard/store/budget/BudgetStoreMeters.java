package dev.switchboard.store.budget;

import dev.switchboard.budget.BudgetStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Whether budgets are kept in their database, if they have one.
 */
public final class BudgetStoreMeters implements MeterBinder {

	/** 1 while the database is away, else 0. */
	public static final String AWAY = "switchboard.budget.away";

	private final BudgetStore store;

	/**
	 * The meters of a store.
	 * @param store the store; one without a database has none
	 */
	public BudgetStoreMeters(BudgetStore store) {
		this.store = store;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		if (this.store instanceof JdbcBudgetStore kept) {
			Gauge.builder(AWAY, kept, (budgets) -> budgets.isAway() ? 1 : 0).register(registry);
		}
	}

}
