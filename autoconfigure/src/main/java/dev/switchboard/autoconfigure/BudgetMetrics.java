package dev.switchboard.autoconfigure;

import java.util.List;

import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetEvent;
import dev.switchboard.budget.BudgetListener;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.observation.BudgetMeters;
import dev.switchboard.observation.BudgetMeters.Key;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Measures budgets; see {@link BudgetMeters}.
 */
final class BudgetMetrics implements BudgetListener {

	private final BudgetStore store;

	private final MeterRegistry registry;

	BudgetMetrics(List<Budget> budgets, BudgetStore store, MeterRegistry registry) {
		this.store = store;
		this.registry = registry;
		budgets.forEach(this::measure);
	}

	private void measure(Budget budget) {
		String name = budget.name();
		// Meters know nothing but doubles; whatever is paid is counted elsewhere.
		Gauge.builder(BudgetMeters.SPENT.getName(), () -> this.store.spent(name).usd().doubleValue())
			.baseUnit(BudgetMeters.SPENT.getBaseUnit())
			.tag(Key.BUDGET.asString(), name)
			.register(this.registry);
		Gauge.builder(BudgetMeters.LIMIT.getName(), () -> budget.limit().usd().doubleValue())
			.baseUnit(BudgetMeters.LIMIT.getBaseUnit())
			.tag(Key.BUDGET.asString(), name)
			.register(this.registry);
	}

	@Override
	public void happened(BudgetEvent event) {
		BudgetMeters meter = switch (event.kind()) {
			case REFUSED -> BudgetMeters.REFUSED;
			case DEGRADED -> BudgetMeters.DEGRADED;
			case CUT -> BudgetMeters.CUT;
			case SOFT_LIMIT_PASSED, LIMIT_REACHED -> null;
		};
		if (meter != null) {
			Counter.builder(meter.getName())
				.baseUnit(meter.getBaseUnit())
				.tag(Key.BUDGET.asString(), event.budget())
				.register(this.registry)
				.increment();
		}
	}

}
