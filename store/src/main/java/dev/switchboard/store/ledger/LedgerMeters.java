package dev.switchboard.store.ledger;

import java.util.function.LongSupplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How the ledger fares, in numbers.
 */
public final class LedgerMeters implements MeterBinder {

	/** Records that wait for the database. */
	public static final String WAITING = "switchboard.ledger.waiting";

	/** 1 while the database is away, else 0. */
	public static final String AWAY = "switchboard.ledger.away";

	/** Records that were written into the database. */
	public static final String STORED = "switchboard.ledger.stored";

	/** Records that were lost as there was no room for them, or the disk failed. */
	public static final String DROPPED = "switchboard.ledger.dropped";

	/** Records that could not be read again, or that the database refused. */
	public static final String REJECTED = "switchboard.ledger.rejected";

	private final LedgerCounts counts;

	/**
	 * The meters of a ledger.
	 * @param ledger the ledger
	 */
	public LedgerMeters(Ledger ledger) {
		this.counts = ledger.counts();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(WAITING, this.counts, LedgerCounts::waiting).baseUnit("records").register(registry);
		Gauge.builder(AWAY, this.counts, (counts) -> counts.away.get() ? 1 : 0).register(registry);
		counter(STORED, registry, this.counts.stored::get);
		counter(DROPPED, registry, this.counts.dropped::get);
		counter(REJECTED, registry, this.counts::rejected);
	}

	private void counter(String name, MeterRegistry registry, LongSupplier value) {
		FunctionCounter.builder(name, this.counts, (counts) -> value.getAsLong())
			.baseUnit("records")
			.register(registry);
	}

}
