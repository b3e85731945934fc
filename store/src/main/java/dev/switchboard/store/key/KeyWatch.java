package dev.switchboard.store.key;

import java.util.function.Consumer;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.store.change.Watch;
import dev.switchboard.store.change.WatchSettings;

/**
 * Looks for changes of keys and teams, as every {@link Watch} does.
 */
public final class KeyWatch implements AutoCloseable {

	private static final Watch.Subject SUBJECT = new Watch.Subject("Keys", ChangeFeed.Topic.KEYS);

	private final Watch<KeySnapshot> watch;

	/**
	 * Does not look yet.
	 * @param tables where keys are kept
	 * @param feed tells other nodes of changes, and of theirs
	 * @param settings how often to look
	 * @param reader told of all keys and teams, at first and after each change
	 */
	public KeyWatch(KeyTables tables, ChangeFeed feed, WatchSettings settings, Consumer<KeySnapshot> reader) {
		this.watch = new Watch<>(SUBJECT, tables, feed, settings, reader);
	}

	/**
	 * Looks once, and goes on looking. If the database is away, that is all that is to be
	 * said of it.
	 */
	public void start() {
		this.watch.start();
	}

	/**
	 * Looks at once, and tells the other nodes: something was changed here.
	 */
	public void changed() {
		this.watch.changed();
	}

	/** Looks no more. */
	@Override
	public void close() {
		this.watch.close();
	}

}
