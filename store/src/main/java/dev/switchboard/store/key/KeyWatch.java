package dev.switchboard.store.key;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.store.database.Reasons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for changes of keys and teams, those of other nodes too: at the start, every few
 * seconds, when a node tells of one, and after each of its own. While the database is
 * away, what was last read goes on counting.
 */
public final class KeyWatch implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);

	private static final Duration LAST_LOOK = Duration.ofSeconds(5);

	private final KeyTables tables;

	private final ChangeFeed feed;

	private final Duration refresh;

	private final Consumer<KeySnapshot> reader;

	private final Thread thread = new Thread(this::run, "switchboard-keys");

	private final ReentrantLock looking = new ReentrantLock();

	private ChangeFeed.@Nullable Registration registration;

	private @Nullable Long version;

	private boolean away;

	private volatile boolean wanted;

	private volatile boolean stopping;

	/**
	 * Does not look yet.
	 * @param tables where keys are kept
	 * @param feed tells other nodes of changes, and of theirs
	 * @param settings how often to look
	 * @param reader told of all keys and teams, at first and after each change
	 */
	public KeyWatch(KeyTables tables, ChangeFeed feed, Settings settings, Consumer<KeySnapshot> reader) {
		this.tables = tables;
		this.feed = feed;
		this.refresh = settings.refresh();
		this.reader = reader;
		this.thread.setDaemon(true);
	}

	/**
	 * Looks once, and goes on looking. If the database is away, that is all that is to be
	 * said of it.
	 */
	public void start() {
		look();
		this.registration = this.feed.listen(ChangeFeed.Topic.KEYS, this::wake);
		this.thread.start();
	}

	/**
	 * Looks at once, and tells the other nodes: something was changed here.
	 */
	public void changed() {
		look();
		this.feed.announce(ChangeFeed.Topic.KEYS);
	}

	private void wake() {
		this.wanted = true;
		LockSupport.unpark(this.thread);
	}

	private void run() {
		while (!this.stopping) {
			if (!this.wanted) {
				LockSupport.parkNanos(this, this.refresh.toNanos());
			}
			this.wanted = false;
			if (!this.stopping) {
				look();
			}
		}
	}

	private void look() {
		this.looking.lock();
		try {
			if (this.version == null || this.version != this.tables.version()) {
				KeySnapshot snapshot = this.tables.load();
				this.reader.accept(snapshot);
				this.version = snapshot.version();
			}
			if (this.away) {
				this.away = false;
				log.info("Keys can be read from the database again");
			}
		}
		// Drivers throw errors as well; the thread has no other to take its place.
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
		finally {
			this.looking.unlock();
		}
	}

	private void failed(Throwable ex) {
		if (!this.away && !this.stopping) {
			this.away = true;
			String meanwhile = (this.version != null) ? "those that were read last go on counting"
					: "until they can, only those of the configuration count";
			log.warn("Keys cannot be read from the database; {} reason=\"{}\"", meanwhile, Reasons.of(ex));
		}
		log.debug("Keys cannot be read", ex);
	}

	/** Looks no more. */
	@Override
	public void close() {
		this.stopping = true;
		if (this.registration != null) {
			this.registration.close();
		}
		LockSupport.unpark(this.thread);
		try {
			this.thread.join(LAST_LOOK.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * How often to look.
	 *
	 * @param refresh the time between one look and the next
	 */
	public record Settings(Duration refresh) {

		public Settings {
			if (refresh.isNegative() || refresh.isZero()) {
				throw new IllegalArgumentException("Keys are looked for after a positive time, not " + refresh);
			}
		}

	}

}
