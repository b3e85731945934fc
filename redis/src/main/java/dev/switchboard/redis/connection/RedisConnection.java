package dev.switchboard.redis.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis, which need not be there when the application starts, nor stay
 * there. Whoever uses it gets an answer within the timeout, or is told that there is
 * none; while Redis is away, or answers too slowly, he is told so at once.
 * <p>
 * It is no bean of Lettuce's or Spring Data's, and makes none.
 */
public final class RedisConnection implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	/** Of so many commands half must not time out, or Redis is left alone for a while. */
	private static final int WINDOW = 10;

	private static final int LEAST = 5;

	private static final Duration REST = Duration.ofSeconds(5);

	/** Commands that may wait for their answers. */
	private static final int QUEUE = 1000;

	/** Lettuce's least. */
	private static final int THREADS = 2;

	private final RedisSettings settings;

	private final ClientResources resources;

	private final RedisClient client;

	private final Link<StatefulRedisConnection<String, byte[]>> link;

	private final CircuitBreaker breaker = CircuitBreaker.of("redis",
			CircuitBreakerConfig.custom()
				.slidingWindow(WINDOW, LEAST, SlidingWindowType.COUNT_BASED)
				.failureRateThreshold(50)
				.build());

	private final Set<Runnable> whenBack = ConcurrentHashMap.newKeySet();

	private final Set<String> refusals = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean away = new AtomicBoolean();

	private RedisConnection(RedisSettings settings) {
		this.settings = settings;
		this.resources = DefaultClientResources.builder()
			.ioThreadPoolSize(THREADS)
			.computationThreadPoolSize(THREADS)
			.build();
		this.client = RedisClient.create(this.resources);
		this.client.setOptions(options(settings));
		this.link = new Link<>(() -> this.client.connectAsync(CODEC, settings.uri()),
				this.resources.eventExecutorGroup(), new Events());
		this.breaker.getEventPublisher().onStateTransition((event) -> {
			if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
				away("it answers too slowly");
				// Whether it answers again is found out by connecting, and not by a call.
				this.link.rest(REST);
			}
		});
	}

	private static ClientOptions options(RedisSettings settings) {
		return ClientOptions.builder()
			.autoReconnect(false)
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(QUEUE)
			.timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
			.socketOptions(SocketOptions.builder()
				.connectTimeout(settings.connectTimeout())
				// Finds out that a server is gone which said nothing when it went.
				.keepAlive(KeepAliveOptions.builder()
					.enable()
					.idle(Duration.ofSeconds(30))
					.interval(Duration.ofSeconds(10))
					.count(3)
					.build())
				.build())
			.build();
	}

	/**
	 * Opens a connection, without waiting for it.
	 * @param settings which Redis
	 * @return the connection, to be closed
	 */
	public static RedisConnection open(RedisSettings settings) {
		RedisConnection connection = new RedisConnection(settings);
		connection.link.open();
		return connection;
	}

	/**
	 * Which Redis it is.
	 * @return its settings
	 */
	public RedisSettings settings() {
		return this.settings;
	}

	/**
	 * Whether Redis is left alone at present, as it can't be reached or answers too
	 * slowly.
	 * @return whether commands would be of no use
	 */
	public boolean isAway() {
		return this.link.get() == null;
	}

	/**
	 * Asks Redis, and waits for its answer.
	 * @param <T> the answer
	 * @param patience how long the caller can wait; {@code null} for as long as the
	 * timeout
	 * @param question sends one command or several
	 * @return the answer; {@code null} if there is none within this time
	 */
	public <T> @Nullable T ask(@Nullable Duration patience,
			Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> question) {
		StatefulRedisConnection<String, byte[]> connection = this.link.get();
		if (connection == null) {
			return null;
		}
		boolean ownTimeout = patience == null || patience.compareTo(this.settings.timeout()) >= 0;
		Duration wait = (ownTimeout || patience == null) ? this.settings.timeout() : patience;
		try {
			T answer = question.apply(connection.async())
				.toCompletableFuture()
				.get(wait.toNanos(), TimeUnit.NANOSECONDS);
			answered();
			return answer;
		}
		catch (TimeoutException ex) {
			if (ownTimeout) {
				timedOut(ex);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | RuntimeException ex) {
			failed(ex);
		}
		return null;
	}

	/**
	 * Sends a command without waiting for its answer.
	 * @param command sends it
	 * @return whether Redis has done it, within the timeout; never fails
	 */
	public CompletableFuture<Boolean> tell(
			Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<?>> command) {
		StatefulRedisConnection<String, byte[]> connection = this.link.get();
		if (connection == null) {
			return CompletableFuture.completedFuture(false);
		}
		try {
			return command.apply(connection.async()).handle((answer, failure) -> {
				if (failure != null) {
					failed(failure);
					return false;
				}
				answered();
				return true;
			}).toCompletableFuture();
		}
		catch (RuntimeException ex) {
			failed(ex);
			return CompletableFuture.completedFuture(false);
		}
	}

	/**
	 * Listens to a channel, over a connection of its own.
	 * @param channel its name
	 * @param received is given each word, on a thread that is not to be held up
	 * @param opened told when the channel is open, at first and after each interruption,
	 * in which words may have been lost; on a thread that is not to be held up
	 * @return ends it
	 */
	public AutoCloseable listen(String channel, Consumer<String> received, Runnable opened) {
		Link<?> subscription = Subscriptions.link(this.client, this.resources.eventExecutorGroup(), this.settings.uri(),
				channel, received, opened);
		subscription.open();
		return subscription;
	}

	/**
	 * Has something done whenever Redis can be used, at first and again.
	 * @param action what is done, on a thread that is not to be held up
	 * @return ends it
	 */
	public AutoCloseable whenBack(Runnable action) {
		this.whenBack.add(action);
		return () -> this.whenBack.remove(action);
	}

	private void answered() {
		this.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
	}

	private void timedOut(Throwable failure) {
		this.breaker.onError(0, TimeUnit.NANOSECONDS, failure);
	}

	private void failed(Throwable failure) {
		Throwable cause = failure;
		while ((cause instanceof ExecutionException || cause instanceof CompletionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof RedisCommandTimeoutException) {
			timedOut(cause);
		}
		else if (cause instanceof RedisCommandExecutionException refusal) {
			answered();
			refused(String.valueOf(refusal.getMessage()));
		}
		else {
			// The connection is lost, and that is told by itself; or there are too many
			// commands already.
			log.debug("Redis command failed error={}", cause.toString());
		}
	}

	// The first word is Redis' code; the rest may quote the command, and with it answers.
	private void refused(String message) {
		String code = message.split(" ", 2)[0];
		if (this.refusals.add(code)) {
			log.warn("Redis refuses commands address={} code={}", this.settings.address(), code);
		}
	}

	private boolean away(String reason) {
		boolean first = this.away.compareAndSet(false, true);
		if (first) {
			log.warn("Redis is away, calls do not wait for it address={} reason={}", this.settings.address(), reason);
		}
		return first;
	}

	@Override
	public void close() {
		this.link.close();
		// Also closes all that it has opened.
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
		this.resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
	}

	private final class Events implements Link.Events {

		@Override
		public void opened() {
			RedisConnection.this.breaker.reset();
			RedisConnection.this.refusals.clear();
			if (RedisConnection.this.away.compareAndSet(true, false)) {
				log.info("Redis is back address={}", RedisConnection.this.settings.address());
			}
			RedisConnection.this.whenBack.forEach(Runnable::run);
		}

		@Override
		public void failed(Throwable failure) {
			Throwable cause = failure;
			while (cause.getCause() != null && cause.getCause() != cause) {
				cause = cause.getCause();
			}
			// A wrong password may at first look like a connection that was closed.
			if (!away(cause.toString()) && cause instanceof RedisCommandExecutionException refusal) {
				refused(String.valueOf(refusal.getMessage()));
			}
		}

		@Override
		public void lost() {
			away("the connection was lost");
		}

	}

}
