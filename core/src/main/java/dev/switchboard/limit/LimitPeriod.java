package dev.switchboard.limit;

import java.time.Duration;
import java.util.Locale;

/**
 * The time for which a limit's amounts are given. What was taken of a second, a minute or
 * an hour comes back little by little; of a day, all of it at midnight.
 */
public enum LimitPeriod {

	/** One second. */
	SECOND(Duration.ofSeconds(1)),

	/** One minute. */
	MINUTE(Duration.ofMinutes(1)),

	/** One hour. */
	HOUR(Duration.ofHours(1)),

	/** From midnight to midnight in a time zone: a day may have 23 or 25 hours. */
	DAY(Duration.ofDays(1));

	private final Duration length;

	LimitPeriod(Duration length) {
		this.length = length;
	}

	/**
	 * How long it is.
	 * @return its length; of a day, 24 hours
	 */
	public Duration length() {
		return this.length;
	}

	/**
	 * The name used in properties and messages.
	 * @return the name, such as {@code minute}
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
