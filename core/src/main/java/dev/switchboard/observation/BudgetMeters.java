package dev.switchboard.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * The meters of budgets. None tells the accounts of one budget apart: those may be
 * without number.
 */
public enum BudgetMeters implements MeterDocumentation {

	/** What is spent in the present period, of all accounts of a budget together. */
	SPENT("switchboard.budget.spent", Meter.Type.GAUGE, "usd"),

	/** What may be spent in a period, of each account. */
	LIMIT("switchboard.budget.limit", Meter.Type.GAUGE, "usd"),

	/** Calls that a budget refused, and targets that were passed over for one. */
	REFUSED("switchboard.budget.refused", Meter.Type.COUNTER, "calls"),

	/** Calls that a budget led to another route. */
	DEGRADED("switchboard.budget.degraded", Meter.Type.COUNTER, "calls"),

	/** Streamed answers that a budget ended before their end. */
	CUT("switchboard.budget.cut", Meter.Type.COUNTER, "calls");

	private final String meterName;

	private final Meter.Type type;

	private final String unit;

	BudgetMeters(String meterName, Meter.Type type, String unit) {
		this.meterName = meterName;
		this.type = type;
		this.unit = unit;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return Key.values();
	}

	/**
	 * The keys of these meters.
	 */
	public enum Key implements KeyName {

		/** The name of the budget. */
		BUDGET("switchboard.budget");

		private final String key;

		Key(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
