package dev.switchboard.engine;

import java.util.function.LongSupplier;

/**
 * A moment from which time is measured.
 *
 * @param source counts nanoseconds from anywhere
 * @param start its count at that moment
 */
record Ticks(LongSupplier source, long start) {

	static Ticks start(LongSupplier source) {
		return new Ticks(source, source.getAsLong());
	}

	long elapsedNanos() {
		return this.source.getAsLong() - this.start;
	}

}
