package dev.switchboard.provider;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * The threads that read streams: the vendors' libraries block one for as long as a stream
 * is open. Virtual ones where they don't hold on to a real one while they wait.
 */
public final class StreamThreads {

	/** Before it, waiting inside a monitor pins a virtual thread (JEP 491). */
	private static final int UNPINNED = 24;

	private StreamThreads() {
	}

	/**
	 * An executor that starts whatever it is given at once.
	 * @return the executor, whose idle threads end by themselves
	 */
	public static ExecutorService create() {
		ExecutorService threads = (Runtime.version().feature() >= UNPINNED) ? virtualThreads() : platformThreads();
		return ContextExecutorService.wrap(threads, ContextSnapshotFactory.builder().build());
	}

	private static ExecutorService platformThreads() {
		AtomicInteger count = new AtomicInteger();
		ThreadFactory factory = (task) -> {
			Thread thread = new Thread(task, "switchboard-stream-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
		return Executors.newCachedThreadPool(factory);
	}

	private static ExecutorService virtualThreads() {
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			return platformThreads();
		}
	}

}
