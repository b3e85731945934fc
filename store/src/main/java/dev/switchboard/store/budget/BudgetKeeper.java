package dev.switchboard.store.budget;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.Reasons;
import dev.switchboard.store.database.RetryPause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the database is there, and has the one thread that tries it again when it
 * is away. It then books what was spent meanwhile; now and then it gives back what nobody
 * will settle any more.
 */
final class BudgetKeeper implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(BudgetKeeper.class);

	private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);

	private static final Duration BETWEEN_CLEARANCES = Duration.ofDays(1);

	private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

	private final Database database;

	private final AccountTables tables;

	private final Meanwhile meanwhile;

	private final OutageRule rule;

	private final InstantSource clock;

	private final LongSupplier nanos;

	private final RetryPause pause = new RetryPause();

	private final CountDownLatch looked = new CountDownLatch(1);

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean away = new AtomicBoolean();

	private final Thread thread;

	private volatile boolean there;

	private volatile boolean stopping;

	private long nextSweep;

	private long nextClearance;

	BudgetKeeper(Database database, AccountTables tables, Meanwhile meanwhile, OutageRule rule, InstantSource clock) {
		this.database = database;
		this.tables = tables;
		this.meanwhile = meanwhile;
		this.rule = rule;
		this.clock = clock;
		this.nanos = System::nanoTime;
		this.thread = new Thread(this::run, "switchboard-budgets");
		this.thread.setDaemon(true);
	}

	/** Begins, and looks once whether the database is there. */
	void start() {
		if (this.looked.getCount() == 0) {
			return;
		}
		if (this.started.compareAndSet(false, true)) {
			this.thread.start();
		}
		try {
			this.looked.await(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	boolean isThere() {
		return this.there;
	}

	boolean isAway() {
		return this.away.get();
	}

	/** Somebody found the database away. */
	void lost(Throwable reason) {
		this.there = false;
		if (!this.stopping && !this.away.getAndSet(true)) {
			log.warn("Budgets cannot be kept in the database; {} reason=\"{}\"", switch (this.rule) {
				case FAIL_OPEN -> "calls go on, and are counted in memory";
				case FAIL_CLOSED -> "calls that they would hold back are refused";
			}, Reasons.of(reason));
			LockSupport.unpark(this.thread);
		}
		log.debug("Budgets cannot be kept in the database", reason);
	}

	/** Something is to be booked, at once unless the database is away. */
	void wake() {
		if (this.there) {
			LockSupport.unpark(this.thread);
		}
	}

	private void run() {
		this.nextSweep = this.nanos.getAsLong();
		this.nextClearance = this.nextSweep;
		while (!this.stopping) {
			step();
			this.looked.countDown();
			if (!this.stopping && (this.pause.isWaiting() || this.meanwhile.isEmpty())) {
				Duration rest = this.pause.isWaiting() ? this.pause.current() : BETWEEN_SWEEPS;
				LockSupport.parkNanos(this, rest.toNanos());
			}
		}
		step();
		if (!this.meanwhile.isSafe()) {
			log.warn("Budgets end before all that was spent is booked");
		}
	}

	private void step() {
		try {
			this.database.ready();
			int booked = book();
			if (!this.there || this.away.get()) {
				this.tables.balances(this.clock.instant()).forEach(this.meanwhile::saw);
				this.there = true;
				if (this.away.getAndSet(false)) {
					log.info("Budget database is back booked={}", booked);
				}
			}
			this.pause.succeeded();
			sweep();
		}
		// Drivers throw errors as well; this thread has no other to take its place.
		catch (RuntimeException | Error ex) {
			this.pause.failed();
			lost(ex);
		}
	}

	private int book() {
		int booked = this.meanwhile.isEmpty() ? 0 : this.meanwhile.bookInto(this.tables, this.database::write);
		if (booked > 0) {
			this.database.write();
		}
		return booked;
	}

	private void sweep() {
		long now = this.nanos.getAsLong();
		if (now - this.nextSweep >= 0) {
			this.nextSweep = now + BETWEEN_SWEEPS.toNanos();
			this.meanwhile.adopt();
			int expired = this.tables.giveBackExpired(this.clock.instant());
			if (expired > 0) {
				log.info("Budgets are given back what calls held that nobody settled calls={}", expired);
			}
		}
		if (now - this.nextClearance >= 0) {
			this.nextClearance = now + BETWEEN_CLEARANCES.toNanos();
			this.tables.forget(this.clock.instant());
		}
	}

	/** Books what is to be booked, if the database is there, and ends. */
	@Override
	public void close() {
		this.stopping = true;
		if (!this.started.compareAndSet(false, true)) {
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

}
