package dev.switchboard.engine;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Ends a blocked attempt from another thread, and remembers why it was ended.
 */
final class Cancellation {

	private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

	private volatile @Nullable Runnable hook;

	/** Says what ends the attempt; it is ended at once if that was already asked for. */
	void attach(Runnable endAttempt) {
		this.hook = endAttempt;
		if (this.reason.get() != null) {
			endAttempt.run();
		}
	}

	/** The attempt is over; what comes from now on is too late to end it. */
	void detach() {
		this.hook = null;
	}

	void cancel(Reason why) {
		Runnable endAttempt = this.hook;
		if (this.reason.compareAndSet(null, why) && endAttempt != null) {
			endAttempt.run();
		}
	}

	@Nullable Reason reason() {
		return this.reason.get();
	}

	/** Why an attempt is ended from outside. */
	enum Reason {

		/** It took too long. */
		TIMED_OUT,

		/** Its answer is no longer wanted. */
		UNWANTED,

		/** Nobody is there any more to get it. */
		CALLER_LEFT

	}

}
