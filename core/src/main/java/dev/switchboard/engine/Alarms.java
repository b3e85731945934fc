package dev.switchboard.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import dev.switchboard.thread.TimeoutClock;
import reactor.core.publisher.Mono;

/**
 * Rings when a timeout has passed. One thread keeps the time for all calls and never does
 * the work itself, so that no slow reaction makes another alarm late.
 */
final class Alarms implements AutoCloseable {

	private final TimeoutClock clock = new TimeoutClock("switchboard-alarms");

	private final Executor workers;

	Alarms(Executor workers) {
		this.workers = workers;
	}

	Future<?> in(long nanos, Runnable reaction) {
		return this.clock.in(nanos, () -> {
			try {
				this.workers.execute(reaction);
			}
			catch (RejectedExecutionException closing) {
				reaction.run();
			}
		});
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
		this.clock.close();
	}

}
