package dev.switchboard.store.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallRecord;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.journal.Journal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every call. A call's record is in the journal before its caller has the answer,
 * and in the database a moment later.
 */
public final class Ledger implements CallListener, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Ledger.class);

	private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

	private final Journal journal;

	private final LedgerCounts counts;

	private final LedgerDrain drain;

	private final LongSupplier nanos;

	private final CallCodec codec = new CallCodec();

	private final AtomicLong nextWarning;

	/**
	 * A ledger, to be started.
	 * @param journal where records wait; closed with the ledger
	 * @param database where they are kept; not closed with it
	 * @param settings how
	 * @param clock tells when calls are old
	 */
	public Ledger(Journal journal, Database database, Settings settings, InstantSource clock) {
		this.journal = journal;
		this.nanos = System::nanoTime;
		this.counts = new LedgerCounts(journal);
		this.drain = new LedgerDrain(journal, database, new Retention(database, settings.retention(), clock),
				this.counts, this.nanos);
		this.nextWarning = new AtomicLong(this.nanos.getAsLong());
	}

	/**
	 * Begins to write what waits, also what a former process left behind.
	 */
	public void start() {
		this.drain.start();
	}

	@Override
	public void ended(CallRecord call) {
		try {
			if (this.journal.append(this.codec.write(LedgerCall.of(call)))) {
				this.drain.wake();
				return;
			}
			lost("the journal takes no more", null);
		}
		catch (RuntimeException ex) {
			lost("the journal cannot be written", ex);
		}
	}

	private void lost(String reason, @Nullable RuntimeException ex) {
		this.counts.dropped.incrementAndGet();
		long now = this.nanos.getAsLong();
		long next = this.nextWarning.get();
		if (now - next >= 0 && this.nextWarning.compareAndSet(next, now + BETWEEN_WARNINGS.toNanos())) {
			log.warn("Records of calls are lost reason=\"{}\" lost={} waiting={}", reason, this.counts.dropped,
					this.journal.waiting(), ex);
		}
	}

	LedgerCounts counts() {
		return this.counts;
	}

	/**
	 * Writes what waits and ends. If the database is away, what waits is left to the next
	 * process.
	 */
	@Override
	public void close() {
		this.drain.close();
		this.journal.close();
	}

	/**
	 * How a ledger is kept.
	 *
	 * @param retention how long calls are kept; zero for ever
	 */
	public record Settings(Duration retention) {

		public Settings {
			if (retention.isNegative()) {
				throw new IllegalArgumentException("Calls cannot be kept for less than no time");
			}
		}

	}

}
