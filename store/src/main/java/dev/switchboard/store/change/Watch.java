package dev.switchboard.store.change;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.store.database.Reasons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for changes, those of other nodes too: at the start, every few seconds, when a
 * node tells of one, and after each of its own. While the database is away, what was last
 * read goes on counting.
 *
 * @param <S> what it looks at
 */
public final class Watch<S extends Snapshot> implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Watch.class);

	private static final Duration LAST_LOOK = Duration.ofSeconds(5);

	private final Subject subject;

	private final SnapshotSource<S> source;

	private final ChangeFeed feed;

	private final Duration refresh;

	private final Consumer<S> reader;

	private final Thread thread;

	private final ReentrantLock looking = new ReentrantLock();

	private ChangeFeed.@Nullable Registration registration;

	private @Nullable Long version;

	private boolean away;

	private volatile boolean wanted;

	private volatile boolean stopping;

	/**
	 * Does not look yet.
	 * @param subject what it looks at
	 * @param source where that is read
	 * @param feed tells other nodes of changes, and of theirs
	 * @param settings how often to look
	 * @param reader told of all there is, at first and after each change
	 */
	public Watch(Subject subject, SnapshotSource<S> source, ChangeFeed feed, WatchSettings settings,
			Consumer<S> reader) {
		this.subject = subject;
		this.source = source;
		this.feed = feed;
		this.refresh = settings.refresh();
		this.reader = reader;
		this.thread = new Thread(this::run, "switchboard-" + subject.name().toLowerCase(Locale.ROOT));
		this.thread.setDaemon(true);
	}

	/**
	 * Looks once, and goes on looking. If the database is away, that is all that is to be
	 * said of it.
	 */
	public void start() {
		look();
		this.registration = this.feed.listen(this.subject.topic(), this::wake);
		this.thread.start();
	}

	/**
	 * Looks at once, and tells the other nodes: something was changed here.
	 */
	public void changed() {
		look();
		this.feed.announce(this.subject.topic());
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
			if (this.version == null || this.version != this.source.version()) {
				S snapshot = this.source.load();
				this.reader.accept(snapshot);
				this.version = snapshot.version();
			}
			if (this.away) {
				this.away = false;
				log.info("{} can be read from the database again", this.subject.name());
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
			log.warn("{} cannot be read from the database; {} reason=\"{}\"", this.subject.name(), meanwhile,
					Reasons.of(ex));
		}
		log.debug("{} cannot be read", this.subject.name(), ex);
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
	 * What is looked at.
	 *
	 * @param name what it is called in logs, in the plural
	 * @param topic what other nodes call it
	 */
	public record Subject(String name, ChangeFeed.Topic topic) {
	}

}
