package dev.switchboard.redis.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection open, and opens another one when it is lost. Never waits: while
 * there is none, there is none.
 * <p>
 * Lettuce would reconnect as well, but sends again what nobody waits for any more, and
 * does nothing about a connection that could not be opened in the first place.
 *
 * @param <C> the kind of connection
 */
final class Link<C extends StatefulConnection<?, ?>> implements AutoCloseable {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final Supplier<CompletionStage<C>> opening;

	private final ScheduledExecutorService timer;

	private final Events events;

	private @Nullable C connection;

	private CompletionStage<?> latest = CompletableFuture.completedStage(null);

	private boolean closed;

	/**
	 * A link that is not open yet.
	 * @param opening opens a connection
	 * @param timer runs what comes later, and is not to be held up
	 * @param events hears how the link fares
	 */
	Link(Supplier<CompletionStage<C>> opening, ScheduledExecutorService timer, Events events) {
		this.opening = opening;
		this.timer = timer;
		this.events = events;
	}

	void open() {
		CompletionStage<C> attempt;
		synchronized (this) {
			if (this.closed) {
				return;
			}
			try {
				attempt = this.opening.get();
			}
			catch (RuntimeException ex) {
				attempt = CompletableFuture.failedFuture(ex);
			}
			this.latest = attempt;
		}
		attempt.whenComplete(this::opened);
	}

	private void opened(@Nullable C made, @Nullable Throwable failure) {
		if (made == null) {
			if (!isClosed()) {
				this.events.failed((failure != null) ? failure : new IllegalStateException("No connection"));
				openAfter(PAUSE);
			}
			return;
		}
		made.addListener(new RedisConnectionStateListener() {
			@Override
			public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
				lose(made, PAUSE);
			}
		});
		synchronized (this) {
			if (this.closed) {
				made.closeAsync();
				return;
			}
			this.connection = made;
		}
		this.events.opened();
		if (!made.isOpen()) {
			lose(made, PAUSE);
		}
	}

	private synchronized boolean isClosed() {
		return this.closed;
	}

	/** The connection; {@code null} while there is none. */
	synchronized @Nullable C get() {
		return this.connection;
	}

	/** Ends the connection, and opens another one after a rest. */
	void rest(Duration duration) {
		C current = get();
		if (current != null) {
			lose(current, duration);
		}
	}

	private void lose(C lost, Duration pause) {
		synchronized (this) {
			if (this.connection != lost) {
				return;
			}
			this.connection = null;
		}
		lost.closeAsync();
		this.events.lost();
		openAfter(pause);
	}

	private void openAfter(Duration pause) {
		try {
			this.timer.schedule(this::open, pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The application ends.
		}
	}

	/** Waits a moment for what is under way, which would end where nobody is any more. */
	@Override
	public void close() {
		CompletionStage<?> ending;
		synchronized (this) {
			this.closed = true;
			ending = (this.connection != null) ? this.connection.closeAsync() : this.latest;
			this.connection = null;
		}
		try {
			ending.toCompletableFuture().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// It is of no use any more anyway.
		}
	}

	/**
	 * Hears how a link fares, on a thread that is not to be held up.
	 */
	interface Events {

		void opened();

		void failed(Throwable failure);

		void lost();

	}

}
