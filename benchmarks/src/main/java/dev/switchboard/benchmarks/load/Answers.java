package dev.switchboard.benchmarks.load;

/**
 * What came back of one run.
 *
 * @param whole the times until the answers were whole
 * @param firstToken the times until their first token
 * @param wrong how many were errors, or not complete
 * @param nanos how long the run took
 */
record Answers(Latencies whole, Latencies firstToken, long wrong, long nanos) {

	double perSecond() {
		return this.whole.count() * 1e9 / this.nanos;
	}

}
