package dev.switchboard.benchmarks.load;

import java.util.Arrays;

/**
 * Nanoseconds that something took, all of them.
 */
final class Latencies {

	private long[] nanos = new long[1 << 16];

	private int count;

	void add(long value) {
		if (this.count == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, this.count * 2);
		}
		this.nanos[this.count++] = value;
	}

	void addAll(Latencies other) {
		for (int i = 0; i < other.count; i++) {
			add(other.nanos[i]);
		}
	}

	int count() {
		return this.count;
	}

	/**
	 * The value that a share of all does not exceed.
	 * @param share between 0 and 1
	 * @return the milliseconds; not a number if there are none
	 */
	double millis(double share) {
		if (this.count == 0) {
			return Double.NaN;
		}
		Arrays.sort(this.nanos, 0, this.count);
		return this.nanos[(int) Math.min(this.count - 1L, (long) Math.ceil(share * this.count))] / 1e6;
	}

}
