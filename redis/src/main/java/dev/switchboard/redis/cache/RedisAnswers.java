package dev.switchboard.redis.cache;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.switchboard.cache.CacheKey;
import dev.switchboard.cache.SecondLevel;
import dev.switchboard.redis.cache.EntryOutput.EntryTooLargeException;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.route.RouteName;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Remembered answers in Redis. The age of an answer is what Redis has counted down of its
 * life, so that clocks of nodes may differ.
 * <p>
 * Answers are written behind the calls by one thread, one after the other; what does not
 * fit into its queue is not kept.
 */
public final class RedisAnswers implements SecondLevel, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisAnswers.class);

	private static final int QUEUE = 128;

	private static final int SCANNED_AT_ONCE = 500;

	private static final byte[] NOTHING = {};

	private final RedisConnection redis;

	private final EntryCodec codec;

	private final int maxBytes;

	private final CacheCounts counts = new CacheCounts();

	private final ThreadPoolExecutor writer;

	private final Object order = new Object();

	private long clearings;

	/**
	 * Answers in a Redis.
	 * @param redis where they are
	 * @param maxEntrySize bytes that an answer may take, before it is compressed
	 */
	public RedisAnswers(RedisConnection redis, int maxEntrySize) {
		this.redis = redis;
		this.codec = new EntryCodec(maxEntrySize);
		this.maxBytes = EntryCodec.HEADER + maxEntrySize;
		this.writer = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), (task) -> {
			Thread thread = new Thread(task, "switchboard-redis-cache");
			thread.setDaemon(true);
			return thread;
		});
		this.writer.allowCoreThreadTimeOut(true);
	}

	CacheCounts counts() {
		return this.counts;
	}

	@Override
	public @Nullable Found find(CacheKey key, @Nullable Duration patience) {
		String name = name(key);
		Reply reply = this.redis.ask(patience, (commands) -> ask(commands, name));
		if (reply == null) {
			this.counts.away.increment();
			return null;
		}
		if (reply.entry().length == 0) {
			this.counts.misses.increment();
			return null;
		}
		try {
			EntryCodec.Entry entry = this.codec.read(key, reply.entry());
			Found found = new Found(entry.answer(), age(entry.lifetime(), reply.leftMillis()));
			this.counts.hits.increment();
			return found;
		}
		catch (UnreadableEntryException ex) {
			log.debug("Entry in Redis is not read key={} reason={}", name, ex.getMessage());
			this.counts.unreadable.increment();
			return null;
		}
	}

	// First how much is left: if the entry is replaced in between, the new one seems
	// older
	// than it is, and not younger. And of the entry not more than one can have.
	private CompletionStage<Reply> ask(RedisAsyncCommands<String, byte[]> commands, String name) {
		CompletionStage<Long> left = commands.pttl(name);
		CompletionStage<byte[]> entry = commands.getrange(name, 0, this.maxBytes).exceptionally((failure) -> {
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			if (cause instanceof RedisCommandExecutionException refusal
					&& String.valueOf(refusal.getMessage()).startsWith("WRONGTYPE")) {
				// Somebody has put something else there, which is no entry either.
				return new byte[1];
			}
			throw new CompletionException(cause);
		});
		return left.thenCombine(entry, (millis, bytes) -> new Reply(millis, (bytes != null) ? bytes : NOTHING));
	}

	private static Duration age(Duration lifetime, long leftMillis) {
		long age = lifetime.toMillis() - leftMillis;
		if (leftMillis < 0 || age < 0) {
			throw new UnreadableEntryException("an entry whose end somebody has changed");
		}
		return Duration.ofMillis(age);
	}

	@Override
	public void keep(CacheKey key, ChatResponse answer, Duration lifetime) {
		if (this.redis.isAway()) {
			this.counts.dropped.increment();
			return;
		}
		long clearing = clearing();
		long now = System.nanoTime();
		try {
			this.writer.execute(() -> write(key, answer, lifetime, now, clearing));
		}
		catch (RejectedExecutionException ex) {
			this.counts.dropped.increment();
		}
	}

	private void write(CacheKey key, ChatResponse answer, Duration lifetime, long madeAt, long clearing) {
		byte[] entry;
		try {
			entry = this.codec.write(key, answer, lifetime);
		}
		catch (EntryTooLargeException ex) {
			this.counts.tooLarge.increment();
			return;
		}
		catch (RuntimeException ex) {
			log.debug("Answer cannot be written to Redis route={} reason={}", key.route(), ex.toString());
			this.counts.dropped.increment();
			return;
		}
		CompletableFuture<Boolean> done = unlessCleared(clearing, () -> {
			long left = lifetime.minusNanos(System.nanoTime() - madeAt).toMillis();
			return (left <= 0) ? CompletableFuture.completedFuture(false)
					: this.redis.tell((commands) -> commands.set(name(key), entry, SetArgs.Builder.px(left)));
		});
		// Not before Redis has this one, so that one answer at most is under way.
		(done.join() ? this.counts.stored : this.counts.dropped).increment();
	}

	private long clearing() {
		synchronized (this.order) {
			return this.clearings;
		}
	}

	// What is sent before the keys are looked for is found by that.
	private CompletableFuture<Boolean> unlessCleared(long clearing, Supplier<CompletableFuture<Boolean>> action) {
		synchronized (this.order) {
			return (this.clearings == clearing) ? action.get() : CompletableFuture.completedFuture(false);
		}
	}

	@Override
	public void clear(RouteName route) {
		clear(this.redis.settings().key("cache", route.value(), ""));
	}

	@Override
	public void clear() {
		clear(this.redis.settings().key("cache", ""));
	}

	private void clear(String prefix) {
		synchronized (this.order) {
			this.clearings++;
		}
		// Every character that is not a letter or digit might mean something else.
		ScanArgs which = ScanArgs.Builder.matches(prefix.replaceAll("([^A-Za-z0-9])", "\\\\$1") + "*")
			.limit(SCANNED_AT_ONCE);
		ScanCursor cursor = ScanCursor.INITIAL;
		while (cursor != null && !cursor.isFinished()) {
			ScanCursor from = cursor;
			KeyScanCursor<String> found = this.redis.ask(null, (commands) -> commands.scan(from, which));
			String[] names = (found != null) ? found.getKeys().toArray(String[]::new) : new String[0];
			boolean removed = names.length == 0 || this.redis.ask(null, (commands) -> commands.unlink(names)) != null;
			cursor = removed ? found : null;
		}
		if (cursor == null) {
			log.warn("Remembered answers could not be cleared in Redis; they end with their time keys={}*", prefix);
		}
	}

	private String name(CacheKey key) {
		return this.redis.settings().key("cache", key.route().value(), key.digest());
	}

	@Override
	public void close() {
		this.writer.shutdownNow();
	}

	/** What Redis has under a key. */
	private record Reply(long leftMillis, byte[] entry) {
	}

}
