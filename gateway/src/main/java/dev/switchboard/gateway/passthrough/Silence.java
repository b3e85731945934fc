package dev.switchboard.gateway.passthrough;

import java.time.Duration;
import java.util.concurrent.Future;

import dev.switchboard.thread.TimeoutClock;
import org.jspecify.annotations.Nullable;

/**
 * Counts how long somebody is waited for, many times in a row: it costs a timer only when
 * a wait is as long as the limit, or longer.
 */
final class Silence implements AutoCloseable {

	private final TimeoutClock timer;

	private final Runnable onTooLong;

	private boolean waiting;

	private long until;

	private long alarmAt;

	private @Nullable Future<?> alarm;

	/**
	 * A count.
	 * @param timer tells the time; what it runs must be short
	 * @param onTooLong is run on its thread when a wait is too long
	 */
	Silence(TimeoutClock timer, Runnable onTooLong) {
		this.timer = timer;
		this.onTooLong = onTooLong;
	}

	/** A wait begins. */
	synchronized void begins(Duration limit) {
		this.waiting = true;
		this.until = System.nanoTime() + limit.toNanos();
		if (this.alarm == null || this.until - this.alarmAt < 0) {
			cancel();
			arm(limit.toNanos());
		}
	}

	/** It is over. */
	synchronized void ends() {
		this.waiting = false;
	}

	private void arm(long nanos) {
		this.alarmAt = System.nanoTime() + nanos;
		this.alarm = this.timer.in(nanos, this::look);
	}

	private void cancel() {
		if (this.alarm != null) {
			this.alarm.cancel(false);
			this.alarm = null;
		}
	}

	private void look() {
		synchronized (this) {
			this.alarm = null;
			if (!this.waiting) {
				return;
			}
			long remaining = this.until - System.nanoTime();
			if (remaining > 0) {
				arm(remaining);
				return;
			}
			this.waiting = false;
		}
		this.onTooLong.run();
	}

	@Override
	public synchronized void close() {
		this.waiting = false;
		cancel();
	}

}
