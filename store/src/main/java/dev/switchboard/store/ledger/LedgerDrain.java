package dev.switchboard.store.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.Reasons;
import dev.switchboard.store.database.RetryPause;
import dev.switchboard.store.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * The one thread that takes what waits in the journal and writes it into the database, in
 * order. If the database is away it tries again, ever less often; nobody waits for it.
 */
final class LedgerDrain implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(LedgerDrain.class);

	private static final int BATCH = 500;

	/** Lets more calls end, so that they are committed together. */
	private static final Duration BETWEEN_BATCHES = Duration.ofMillis(20);

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final Duration BETWEEN_ADOPTIONS = Duration.ofMinutes(1);

	private static final Duration LAST_DRAIN = Duration.ofSeconds(10);

	private final Journal journal;

	private final Database database;

	private final LedgerWriter writer;

	private final Retention retention;

	private final LedgerCounts counts;

	private final LongSupplier nanos;

	private final CallCodec codec = new CallCodec();

	private final Thread thread;

	private volatile boolean idle;

	private volatile boolean stopping;

	private final RetryPause pause = new RetryPause();

	LedgerDrain(Journal journal, Database database, Retention retention, LedgerCounts counts, LongSupplier nanos) {
		this.journal = journal;
		this.database = database;
		this.writer = new LedgerWriter(database);
		this.retention = retention;
		this.counts = counts;
		this.nanos = nanos;
		this.thread = new Thread(this::run, "switchboard-ledger");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/** Something waits. */
	void wake() {
		if (this.idle) {
			this.idle = false;
			LockSupport.unpark(this.thread);
		}
	}

	private void run() {
		long adopted = this.nanos.getAsLong();
		while (!this.stopping) {
			int drained = step();
			if (this.nanos.getAsLong() - adopted > BETWEEN_ADOPTIONS.toNanos()) {
				adopted = this.nanos.getAsLong();
				adopt();
			}
			boolean more = !this.pause.isWaiting() && this.retention.step();
			if (this.pause.isWaiting()) {
				rest(this.pause.current());
			}
			else if (drained == 0 && !more) {
				restUntilWoken();
			}
			else if (drained < BATCH) {
				rest(BETWEEN_BATCHES);
			}
		}
		lastDrain();
	}

	// What came before this thread said that it rests did not wake it.
	private void restUntilWoken() {
		this.idle = true;
		rest((this.journal.waiting() == 0) ? IDLE : BETWEEN_BATCHES);
		this.idle = false;
	}

	private void rest(Duration length) {
		if (!this.stopping) {
			LockSupport.parkNanos(this, length.toNanos());
		}
	}

	private void lastDrain() {
		this.journal.seal();
		long began = this.nanos.getAsLong();
		while (step() > 0 && this.nanos.getAsLong() - began < LAST_DRAIN.toNanos()) {
			// What is left stays in its files.
		}
		if (this.journal.waiting() > 0) {
			log.warn("Ledger ends before all of it is written waiting={} kept={}", this.journal.waiting(),
					this.journal.survives());
		}
	}

	/** Writes a batch; says how many calls that were, or 0 if it could not be done. */
	private int step() {
		try {
			this.database.ready();
			List<byte[]> entries = this.journal.next(BATCH);
			write(entries);
			long waited = this.journal.waiting();
			this.journal.done(this.database::persist);
			this.counts.stored.addAndGet(entries.size());
			succeeded(waited);
			return entries.size();
		}
		// Drivers throw errors as well; this thread has no other to take its place.
		catch (RuntimeException | Error ex) {
			failed(ex);
			return 0;
		}
	}

	private void write(List<byte[]> entries) {
		List<LedgerCall> calls = new ArrayList<>(entries.size());
		for (byte[] entry : entries) {
			try {
				calls.add(this.codec.read(entry));
			}
			catch (JacksonException | IllegalArgumentException ex) {
				this.counts.rejected.incrementAndGet();
				log.warn("Journal holds an entry that is no call; passed over", ex);
			}
		}
		if (calls.isEmpty()) {
			return;
		}
		try {
			this.writer.write(calls);
		}
		catch (DataIntegrityViolationException ex) {
			calls.forEach(this::writeAlone);
		}
	}

	// One call that the database refuses must not keep all others waiting.
	private void writeAlone(LedgerCall call) {
		try {
			this.writer.write(List.of(call));
		}
		catch (DataIntegrityViolationException ex) {
			this.counts.rejected.incrementAndGet();
			log.error("Database refuses a call, which is missing in the ledger call={}", call.id(), ex);
		}
	}

	private void succeeded(long waited) {
		this.pause.succeeded();
		if (this.counts.away.getAndSet(false)) {
			log.info("Ledger database is back waited={}", waited);
		}
	}

	private void failed(Throwable ex) {
		this.pause.failed();
		if (!this.counts.away.getAndSet(true)) {
			log.warn("Ledger cannot be written; calls go on, their records wait waiting={} reason=\"{}\"",
					this.journal.waiting(), Reasons.of(ex));
		}
		log.debug("Ledger cannot be written", ex);
	}

	private void adopt() {
		try {
			this.journal.adopt();
		}
		catch (RuntimeException ex) {
			log.debug("Journals left behind could not be read", ex);
		}
	}

	/** Writes what waits, unless that takes too long, and ends. */
	@Override
	public void close() {
		this.stopping = true;
		LockSupport.unpark(this.thread);
		boolean interrupted = false;
		while (this.thread.isAlive()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
