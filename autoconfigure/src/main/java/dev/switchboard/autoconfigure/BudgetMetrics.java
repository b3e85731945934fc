package dev.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetEvent;
import dev.switchboard.budget.BudgetListener;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.observation.BudgetMeters;
import dev.switchboard.observation.BudgetMeters.Key;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Measures budgets; see {@link BudgetMeters}.
 */
final class BudgetMetrics implements BudgetListener {

	private final BudgetStore store;

	private final MeterRegistry registry;

	private final List<Meter> gauges = new ArrayList<>();

	BudgetMetrics(List<Budget> budgets, BudgetStore store, MeterRegistry registry) {
		this.store = store;
		this.registry = registry;
		measure(budgets);
	}

	/**
	 * Measures budgets, and no others any more.
	 * @param budgets the budgets as they stand now
	 */
	synchronized void measure(List<Budget> budgets) {
		this.gauges.forEach(this.registry::remove);
		this.gauges.clear();
		budgets.forEach((budget) -> {
			String name = budget.name();
			// Meters know nothing but doubles; whatever is paid is counted elsewhere.
			measure(BudgetMeters.SPENT, name, () -> this.store.spent(name).usd().doubleValue());
			measure(BudgetMeters.LIMIT, name, () -> budget.limit().usd().doubleValue());
		});
	}

	private void measure(BudgetMeters meter, String budget, Supplier<Number> value) {
		this.gauges.add(Gauge.builder(meter.getName(), value)
			.baseUnit(meter.getBaseUnit())
			.tag(Key.BUDGET.asString(), budget)
			.register(this.registry));
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
