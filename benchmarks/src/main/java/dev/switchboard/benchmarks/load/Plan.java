package dev.switchboard.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, and for how long.
 *
 * @param loads the loads of the closed loop
 * @param rounds how often each is measured
 * @param warmUpCalls how many answers warm a server up
 * @param warmUp how long that may take at most
 * @param closed how long a closed loop runs
 * @param open how long an open loop runs
 * @param heldStreams how many streams are held at the same time
 */
record Plan(List<Load> loads, int rounds, int warmUpCalls, Duration warmUp, Duration closed, Duration open,
		int heldStreams) {

	private static final int SMALL = 1024;

	private static final int LARGE = 32 * 1024;

	private static final int HELD = 1_000;

	/**
	 * The loads that tell most, in less than five minutes. The JVMs are still compiling
	 * then, those with much code more than others.
	 */
	static Plan quick() {
		return new Plan(List.of(new Load(1, SMALL, false), new Load(64, SMALL, false), new Load(64, SMALL, true)), 2,
				30_000, Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofSeconds(4), HELD);
	}

	/** All loads, once the JVMs have compiled what they run; about 25 minutes. */
	static Plan full() {
		List<Load> loads = new ArrayList<>();
		for (boolean streamed : new boolean[] { false, true }) {
			for (int bodyBytes : new int[] { SMALL, LARGE }) {
				for (int connections : new int[] { 1, 16, 64, 256 }) {
					loads.add(new Load(connections, bodyBytes, streamed));
				}
			}
		}
		return new Plan(loads, 2, 150_000, Duration.ofMinutes(3), Duration.ofSeconds(3), Duration.ofSeconds(10), HELD);
	}

	/** Of any load. */
	int mostConnections() {
		return this.loads.stream().mapToInt(Load::connections).max().orElse(1);
	}

	/**
	 * The same plan, with each load measured so often.
	 * @param count one or more
	 */
	Plan rounds(int count) {
		return new Plan(this.loads, count, this.warmUpCalls, this.warmUp, this.closed, this.open, this.heldStreams);
	}

}
