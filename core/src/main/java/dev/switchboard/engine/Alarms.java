package dev.switchboard.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Mono;

/**
 * Rings when a timeout has passed. One thread keeps the time for all calls and never does
 * the work itself, so that no slow reaction makes another alarm late.
 */
final class Alarms implements AutoCloseable {

	private final ScheduledThreadPoolExecutor clock;

	private final Executor workers;

	Alarms(Executor workers) {
		this.workers = workers;
		this.clock = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "switchboard-alarms");
			thread.setDaemon(true);
			return thread;
		});
		// Nearly every alarm is cancelled; kept ones would hold their calls for minutes.
		this.clock.setRemoveOnCancelPolicy(true);
	}

	Future<?> in(long nanos, Runnable reaction) {
		return this.clock.schedule(() -> {
			try {
				this.workers.execute(reaction);
			}
			catch (RejectedExecutionException closing) {
				reaction.run();
			}
		}, Math.max(0, nanos), TimeUnit.NANOSECONDS);
	}

	/** Gives a value once some time has passed. */
	Mono<Boolean> after(Duration time) {
		return Mono.create((sink) -> {
			Future<?> alarm = in(time.toNanos(), () -> sink.success(true));
			sink.onDispose(() -> alarm.cancel(false));
		});
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
	}

}
