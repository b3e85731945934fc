package dev.switchboard.gateway.front;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.gateway.wire.GatewayError;

import org.springframework.context.SmartLifecycle;

/**
 * Counts the calls under way, and when the application is about to stop, lets them end
 * and no new ones begin. It stops before the web server does, which therefore still
 * answers: new calls are told to come back. How long that may take is said by Spring
 * Boot's {@code spring.lifecycle.timeout-per-shutdown-phase}.
 */
public final class OpenCalls implements SmartLifecycle {

	/** After it a caller may find us, or another of us, up again. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final AtomicInteger open = new AtomicInteger();

	private volatile boolean running;

	private volatile boolean stopping;

	private volatile Runnable ended = () -> {
	};

	/**
	 * A call wants to begin.
	 * @return whether it may; if so, {@link #leave()} must follow
	 */
	public boolean enter() {
		this.open.incrementAndGet();
		if (this.stopping) {
			leave();
			return false;
		}
		return true;
	}

	/** A call has ended. */
	public void leave() {
		if (this.open.decrementAndGet() == 0 && this.stopping) {
			this.ended.run();
		}
	}

	/**
	 * What those are told who come while the application stops.
	 * @param requestId the identifier of their request
	 * @return the error
	 */
	public static GatewayError stopping(String requestId) {
		return new GatewayError(503, "shutting_down", "The gateway is shutting down; try again", null, RETRY_AFTER,
				requestId);
	}

	/**
	 * How many calls are under way.
	 * @return the number
	 */
	public int count() {
		return this.open.get();
	}

	@Override
	public void start() {
		this.stopping = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		AtomicBoolean told = new AtomicBoolean();
		this.ended = () -> {
			if (told.compareAndSet(false, true)) {
				callback.run();
			}
		};
		stop();
		if (this.open.get() == 0) {
			this.ended.run();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After everything else has started, before everything else stops. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
