package dev.switchboard.store.database;

import java.time.Duration;

/**
 * How long to wait before a database that is away is tried again: a tenth of a second,
 * then ever longer, up to five seconds. Of one thread only.
 */
public final class RetryPause {

	private static final Duration FIRST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(5);

	private Duration pause = Duration.ZERO;

	/**
	 * How long to wait now.
	 * @return the time; zero after a success
	 */
	public Duration current() {
		return this.pause;
	}

	/**
	 * Whether the last try failed.
	 * @return whether there is something to wait for
	 */
	public boolean isWaiting() {
		return !this.pause.isZero();
	}

	/** It was there. */
	public void succeeded() {
		this.pause = Duration.ZERO;
	}

	/** It was away. */
	public void failed() {
		Duration next = this.pause.isZero() ? FIRST : this.pause.multipliedBy(2);
		this.pause = (next.compareTo(LONGEST) > 0) ? LONGEST : next;
	}

}
