package dev.switchboard.redis.change;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.redis.connection.RedisConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes told over a channel of Redis. While Redis is away nobody hears anything; what
 * was to be told then is told when it is back, and whoever listens is called, as he may
 * have missed something.
 */
public final class RedisChangeFeed implements ChangeFeed, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisChangeFeed.class);

	private final String node = UUID.randomUUID().toString();

	private final RedisConnection redis;

	private final String channel;

	private final Map<Topic, Collection<Runnable>> listeners = new EnumMap<>(Topic.class);

	/** Topics of which there is a word that nobody has listened to yet. */
	private final Set<Topic> heard = ConcurrentHashMap.newKeySet();

	private final Set<Topic> untold = ConcurrentHashMap.newKeySet();

	private final ThreadPoolExecutor thread;

	private final List<AutoCloseable> registrations;

	/**
	 * A feed that listens from now on.
	 * @param redis who carries the words
	 */
	public RedisChangeFeed(RedisConnection redis) {
		this.redis = redis;
		this.channel = redis.settings().key("changes");
		for (Topic topic : Topic.values()) {
			this.listeners.put(topic, new CopyOnWriteArrayList<>());
		}
		this.thread = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			Thread made = new Thread(task, "switchboard-changes");
			made.setDaemon(true);
			return made;
		});
		this.thread.allowCoreThreadTimeOut(true);
		this.registrations = List.of(
				redis.listen(this.channel, this::received, () -> heard(EnumSet.allOf(Topic.class))),
				redis.whenBack(this::tellUntold));
	}

	@Override
	public void announce(Topic topic) {
		this.untold.add(topic);
		this.redis.tell((commands) -> commands.publish(this.channel, Word.write(this.node, topic)))
			.thenAccept((told) -> {
				if (told) {
					this.untold.remove(topic);
				}
			});
	}

	private void tellUntold() {
		this.untold.forEach(this::announce);
	}

	@Override
	public Registration listen(Topic topic, Runnable listener) {
		// The same may listen twice.
		Runnable own = listener::run;
		Collection<Runnable> all = of(topic);
		all.add(own);
		return () -> all.remove(own);
	}

	private Collection<Runnable> of(Topic topic) {
		return this.listeners.getOrDefault(topic, List.of());
	}

	private void received(String text) {
		Word word = Word.read(text);
		if (word == null) {
			log.debug("Word on the channel is not understood channel={}", this.channel);
		}
		else if (!word.node().equals(this.node)) {
			heard(Set.of(word.topic()));
		}
	}

	// One word that waits is as good as many: the channel can be as busy as it likes.
	private void heard(Set<Topic> topics) {
		for (Topic topic : topics) {
			if (!of(topic).isEmpty() && this.heard.add(topic)) {
				try {
					this.thread.execute(() -> call(topic));
				}
				catch (RejectedExecutionException ex) {
					// The application ends.
				}
			}
		}
	}

	private void call(Topic topic) {
		// Whatever is told from here on may not be seen by those who look now.
		this.heard.remove(topic);
		for (Runnable listener : of(topic)) {
			try {
				listener.run();
			}
			catch (RuntimeException ex) {
				log.warn("Listener to changes failed topic={} listener={}", topic, listener, ex);
			}
		}
	}

	@Override
	public void close() throws Exception {
		for (AutoCloseable registration : this.registrations) {
			registration.close();
		}
		this.thread.shutdownNow();
	}

	/**
	 * What is said on the channel.
	 *
	 * @param node who says it
	 * @param topic what was changed
	 */
	record Word(String node, Topic topic) {

		static byte[] write(String node, Topic topic) {
			return (node + " " + topic.name()).getBytes(StandardCharsets.UTF_8);
		}

		static @Nullable Word read(String text) {
			int blank = text.indexOf(' ');
			try {
				return (blank > 0) ? new Word(text.substring(0, blank), Topic.valueOf(text.substring(blank + 1)))
						: null;
			}
			catch (IllegalArgumentException ex) {
				// A newer version knows more topics.
				return null;
			}
		}

	}

}
