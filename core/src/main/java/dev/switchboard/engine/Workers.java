package dev.switchboard.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Threads for the few things that can't be done on the caller's: one virtual thread a
 * task where the JVM has them, else pooled ones.
 */
final class Workers {

	private Workers() {
	}

	/** An executor whose tasks see the thread-bound context of whoever hands them in. */
	static ExecutorService create(String name) {
		return ContextExecutorService.wrap(threads(name), ContextSnapshotFactory.builder().build());
	}

	private static ExecutorService threads(String name) {
		try {
			MethodHandle perTask = MethodHandles.publicLookup()
				.findStatic(Executors.class, "newVirtualThreadPerTaskExecutor",
						MethodType.methodType(ExecutorService.class));
			return (ExecutorService) perTask.invokeExact();
		}
		catch (NoSuchMethodException | IllegalAccessException onlyPlatformThreads) {
			return Executors.newCachedThreadPool(named(name));
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Virtual threads can't be used", ex);
		}
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
