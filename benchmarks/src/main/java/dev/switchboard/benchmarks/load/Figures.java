package dev.switchboard.benchmarks.load;

import java.time.Duration;

/**
 * What was measured of one contender.
 *
 * @param perSecond answers in a second
 * @param cpuMicros processor time of its process for each answer
 * @param median milliseconds until half of the answers were whole
 * @param p99 milliseconds until 99 of 100 answers were whole
 * @param firstMedian milliseconds until half of the answers had their first token
 * @param firstP99 milliseconds until 99 of 100 had it
 * @param megabytes memory of its process after the run
 * @param wrong answers that were errors, or not complete
 */
record Figures(double perSecond, double cpuMicros, double median, double p99, double firstMedian, double firstP99,
		long megabytes, long wrong) {

	static Figures of(Answers answers, Duration cpu, long megabytes) {
		Latencies whole = answers.whole();
		Latencies first = answers.firstToken();
		return new Figures(answers.perSecond(), cpu.toNanos() / 1e3 / whole.count(), whole.millis(0.5),
				whole.millis(0.99), first.millis(0.5), first.millis(0.99), megabytes, answers.wrong());
	}

	/**
	 * The better of two rounds, figure by figure: other work on the machine only ever
	 * adds.
	 */
	Figures best(Figures other) {
		return new Figures(Math.max(this.perSecond, other.perSecond), Math.min(this.cpuMicros, other.cpuMicros),
				Math.min(this.median, other.median), Math.min(this.p99, other.p99),
				Math.min(this.firstMedian, other.firstMedian), Math.min(this.firstP99, other.firstP99),
				Math.max(this.megabytes, other.megabytes), this.wrong + other.wrong);
	}

}
