package dev.switchboard.thread;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * The kind of threads for what can't be done on the caller's: streams, which the vendors'
 * libraries block a thread for as long as they are open, and hedged attempts. It should
 * be the kind that the application itself runs on: virtual threads share as many real
 * ones as there are processors, and starve where hundreds of platform threads want the
 * same processors.
 */
public enum CallThreads {

	/** Pooled ones, as many as are needed; an idle one ends after a minute. */
	PLATFORM,

	/**
	 * Virtual ones, on a JVM whose virtual threads don't hold on to a real one while they
	 * wait in a monitor: Java 24 or newer (JEP 491). Before it as {@link #PLATFORM}.
	 */
	VIRTUAL;

	private static final int UNPINNED = 24;

	/**
	 * An executor that starts whatever it is given at once. Its tasks see the
	 * thread-bound context of whoever hands them in.
	 * @param name how its threads are called, before a number
	 * @return the executor
	 */
	public ExecutorService create(String name) {
		return ContextExecutorService.wrap(threads(name), ContextSnapshotFactory.builder().build());
	}

	private ExecutorService threads(String name) {
		if (this == VIRTUAL && Runtime.version().feature() >= UNPINNED) {
			try {
				return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("Virtual threads can't be used", ex);
			}
		}
		return Executors.newCachedThreadPool(named(name));
	}

	private static ThreadFactory named(String name) {
		AtomicLong number = new AtomicLong();
		return (task) -> {
			Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}
