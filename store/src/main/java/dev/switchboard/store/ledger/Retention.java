package dev.switchboard.store.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;

import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.Reasons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes calls that are older than they are to be kept, once a day, a few at a time: the
 * ledger is written between one step and the next.
 */
final class Retention {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	private static final Duration DAY = Duration.ofDays(1);

	private static final int BATCH = 1000;

	private final Database database;

	private final Duration kept;

	private final InstantSource clock;

	private final int batch;

	private Instant next;

	private @Nullable Instant before;

	private long removed;

	/**
	 * Begins at once.
	 * @param kept how long calls are kept; zero for ever
	 */
	Retention(Database database, Duration kept, InstantSource clock) {
		this(database, kept, clock, BATCH);
	}

	Retention(Database database, Duration kept, InstantSource clock, int batch) {
		this.database = database;
		this.kept = kept;
		this.clock = clock;
		this.batch = batch;
		this.next = clock.instant();
	}

	/**
	 * Removes a few calls, if it is time to.
	 * @return whether there are more to be removed now
	 */
	boolean step() {
		Instant now = this.clock.instant();
		if (this.before == null && (this.kept.isZero() || now.isBefore(this.next))) {
			return false;
		}
		Instant limit = (this.before != null) ? this.before : now.minus(this.kept);
		try {
			if (removeBatch(LedgerWriter.time(limit))) {
				this.before = limit;
				return true;
			}
			if (this.removed > 0) {
				log.info("Ledger is cleared of old calls before={} removed={}", limit, this.removed);
			}
		}
		catch (RuntimeException ex) {
			log.warn("Old calls could not be removed from the ledger; it is tried again tomorrow reason=\"{}\"",
					Reasons.of(ex));
		}
		this.next = now.plus(DAY);
		this.before = null;
		this.removed = 0;
		return false;
	}

	private boolean removeBatch(OffsetDateTime limit) {
		this.database.ready();
		List<OffsetDateTime> last = this.database.client()
			.sql("select started_at from switchboard_call where started_at < ? order by started_at offset ? rows "
					+ "fetch first 1 row only")
			.params(limit, this.batch)
			.query(OffsetDateTime.class)
			.list();
		OffsetDateTime until = last.isEmpty() ? limit : last.get(0);
		this.database.transactions().executeWithoutResult((status) -> {
			remove("switchboard_tag where call_started_at < ?", until);
			remove("switchboard_attempt where call_started_at < ?", until);
			this.removed += remove("switchboard_call where started_at < ?", until);
		});
		return !last.isEmpty();
	}

	private int remove(String what, OffsetDateTime until) {
		return this.database.client().sql("delete from " + what).param(until).update();
	}

}
