package dev.switchboard.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;

/**
 * What is done with buckets in one step and at one time, wherever they are kept. Whoever
 * keeps them sees to it that nobody else touches them meanwhile.
 */
public final class BucketStep {

	private final Instant now;

	private final Function<LimitBucket, Bucket> buckets;

	/**
	 * A step.
	 * @param now its time, which is also that of the buckets
	 * @param buckets finds a bucket; one that is not known is full
	 */
	public BucketStep(Instant now, Function<LimitBucket, Bucket> buckets) {
		this.now = now;
		this.buckets = buckets;
	}

	/**
	 * A time in the words of Bucket4j.
	 * @param time the time
	 * @return its nanoseconds since 1970
	 */
	public static long nanos(Instant time) {
		return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
	}

	/**
	 * Takes out of all buckets, or out of none.
	 * @param draws as in {@link LimitStore#take}
	 * @return whether it was taken; never {@link Grant.Unavailable}
	 */
	public Grant take(List<Draw> draws) {
		List<Level> levels = new ArrayList<>(draws.size());
		for (int i = 0; i < draws.size(); i++) {
			Draw draw = draws.get(i);
			Probe probe = take(draw);
			if (!probe.isEnough()) {
				draws.subList(0, i).forEach(this::putBack);
				return new Grant.Refused(draw, probe.remaining(), availableIn(draw.bucket(), probe.waitNanos()));
			}
			levels.add(new Level(draw.bucket(), probe.remaining()));
		}
		return new Grant.Granted(levels);
	}

	private Probe take(Draw draw) {
		Bucket bucket = this.buckets.apply(draw.bucket());
		if (draw.amount() == 0) {
			EstimationProbe any = bucket.estimateAbilityToConsume(1);
			return new Probe(any.canBeConsumed(), any.getRemainingTokens(), any.getNanosToWaitForRefill());
		}
		ConsumptionProbe taken = bucket.tryConsumeAndReturnRemaining(draw.amount());
		return new Probe(taken.isConsumed(), taken.getRemainingTokens(), taken.getNanosToWaitForRefill());
	}

	private void putBack(Draw draw) {
		if (draw.amount() > 0) {
			this.buckets.apply(draw.bucket()).addTokens(draw.amount());
		}
	}

	/** The next day has a bucket of its own, whatever this one owes. */
	private Duration availableIn(LimitBucket bucket, long nanos) {
		Duration refill = Duration.ofNanos(nanos);
		if (bucket.per() != LimitPeriod.DAY) {
			return refill;
		}
		Duration rest = bucket.isOver(this.now) ? Duration.ZERO : Duration.between(this.now, bucket.end());
		return (refill.compareTo(rest) < 0) ? refill : rest;
	}

	/**
	 * Takes more, or puts something back.
	 * @param corrections as in {@link LimitStore#correct}
	 * @return how the buckets stand now, in the same order
	 */
	public List<Level> correct(List<Draw> corrections) {
		List<Level> levels = new ArrayList<>(corrections.size());
		for (Draw draw : corrections) {
			LimitBucket bucket = draw.bucket();
			levels.add(new Level(bucket, bucket.isOver(this.now) ? bucket.amount() : correct(draw)));
		}
		return levels;
	}

	private long correct(Draw draw) {
		Bucket bucket = this.buckets.apply(draw.bucket());
		if (draw.amount() > 0) {
			bucket.consumeIgnoringRateLimits(draw.amount());
		}
		else if (draw.amount() < 0) {
			bucket.addTokens(-draw.amount());
		}
		return bucket.getAvailableTokens();
	}

	/**
	 * What a bucket says.
	 *
	 * @param isEnough whether there is as much as was asked for
	 * @param remaining how much is left now
	 * @param waitNanos how long it takes until there is enough
	 */
	private record Probe(boolean isEnough, long remaining, long waitNanos) {
	}

}
