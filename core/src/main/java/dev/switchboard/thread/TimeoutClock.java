package dev.switchboard.thread;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does something once a time has passed, unless it is called off before, as timeouts
 * nearly always are. One thread keeps the time, and what it does must be short.
 * <p>
 * A new timeout that comes before all others has to wake that thread, and while few calls
 * are under way that would be each of them: two switches of threads for a call that takes
 * less than a millisecond. So as long as the clock is in use there is a beat in it that
 * comes before any usual timeout.
 */
public final class TimeoutClock implements AutoCloseable {

	/** Shorter than timeouts are, and so long that the beats take no time. */
	private static final long BEAT_MILLIS = 100;

	private final ScheduledThreadPoolExecutor thread;

	private final AtomicBoolean beating = new AtomicBoolean();

	/**
	 * A clock.
	 * @param name the name of its thread, which does not keep the JVM alive
	 */
	public TimeoutClock(String name) {
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread made = new Thread(task, name);
			made.setDaemon(true);
			return made;
		});
		// Kept ones would hold on to their calls for minutes.
		this.thread.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Sets a timeout.
	 * @param nanos how long it lasts, in nanoseconds; less than 0 is none at all
	 * @param task is done then, on the clock's thread
	 * @return what calls it off; that leaves nothing behind
	 * @throws java.util.concurrent.RejectedExecutionException after {@link #close()}
	 */
	public Future<?> in(long nanos, Runnable task) {
		if (!this.beating.get() && this.beating.compareAndSet(false, true)) {
			beat();
		}
		return this.thread.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
	}

	private void beat() {
		this.thread.schedule(() -> {
			if (this.thread.getQueue().isEmpty()) {
				this.beating.set(false);
			}
			else {
				beat();
			}
		}, BEAT_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** How much is set at present, for tests; the beat counts. */
	int size() {
		return this.thread.getQueue().size();
	}

	/** Forgets what is set. */
	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
