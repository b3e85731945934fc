package dev.switchboard.gateway.front;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import dev.switchboard.thread.TimeoutClock;
import org.jspecify.annotations.Nullable;

/**
 * Lets streams that have nothing to say show that they are alive, before a proxy on the
 * way takes their connections for dead ones. One thread keeps the time for all streams.
 * It never writes itself: a reader who is slow would make all the others wait.
 */
public final class KeepAlives implements AutoCloseable {

	/**
	 * What the HTML standard advises for server-sent events, as proxies may drop a silent
	 * connection soon; the common ones wait for a minute.
	 */
	private static final Duration SILENCE = Duration.ofSeconds(15);

	private final long silenceNanos;

	private final TimeoutClock clock = new TimeoutClock("switchboard-keep-alive-clock");

	private final ExecutorService writers;

	/**
	 * Keep-alives after 15 seconds without a word.
	 */
	public KeepAlives() {
		this(SILENCE);
	}

	/**
	 * Keep-alives after some time.
	 * @param silence how long a stream may be silent
	 */
	KeepAlives(Duration silence) {
		this.silenceNanos = silence.toNanos();
		this.writers = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "switchboard-keep-alive");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Begins to listen to a stream.
	 * @param write writes a keep-alive; may block
	 * @return the listening, to be closed at the stream's end
	 */
	Listening listen(Runnable write) {
		return new Listening(write);
	}

	@Override
	public void close() {
		this.clock.close();
		this.writers.shutdown();
	}

	/**
	 * One stream that is listened to. It costs an alarm for every time of silence, not
	 * for every event.
	 */
	final class Listening implements AutoCloseable {

		private final Runnable write;

		private volatile long heardAt = System.nanoTime();

		private boolean over;

		private @Nullable Future<?> alarm;

		Listening(Runnable write) {
			this.write = write;
			arm(KeepAlives.this.silenceNanos);
		}

		/** Something was written. */
		void heard() {
			this.heardAt = System.nanoTime();
		}

		private synchronized void arm(long nanos) {
			if (this.over) {
				return;
			}
			try {
				this.alarm = KeepAlives.this.clock.in(nanos, this::look);
			}
			catch (RejectedExecutionException closing) {
				// Streams that still run at the very end do without.
			}
		}

		private void look() {
			long remaining = this.heardAt + KeepAlives.this.silenceNanos - System.nanoTime();
			if (remaining > 0) {
				arm(remaining);
				return;
			}
			try {
				KeepAlives.this.writers.execute(() -> {
					this.write.run();
					arm(KeepAlives.this.silenceNanos);
				});
			}
			catch (RejectedExecutionException closing) {
				// As above.
			}
		}

		@Override
		public synchronized void close() {
			this.over = true;
			if (this.alarm != null) {
				this.alarm.cancel(false);
			}
		}

	}

}
