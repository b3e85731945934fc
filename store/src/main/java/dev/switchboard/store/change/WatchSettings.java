package dev.switchboard.store.change;

import java.time.Duration;

/**
 * How often to look for changes.
 *
 * @param refresh the time between one look and the next
 */
public record WatchSettings(Duration refresh) {

	public WatchSettings {
		if (refresh.isNegative() || refresh.isZero()) {
			throw new IllegalArgumentException("Changes are looked for after a positive time, not " + refresh);
		}
	}

}
