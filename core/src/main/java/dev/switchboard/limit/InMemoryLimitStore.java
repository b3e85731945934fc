package dev.switchboard.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;

/**
 * Keeps everything in memory, for one node. A bucket that is full again is forgotten, as
 * one that is not known is full.
 */
public final class InMemoryLimitStore implements LimitStore {

	/** How many buckets are never looked through for those that can be forgotten. */
	private static final int FEW = 1024;

	private final InstantSource clock;

	// To take out of several buckets is one step: nobody may be refused for want of what
	// another puts back at once. One lock for all of them will do, as only sums are done
	// under it. So the buckets themselves need none.
	private final Map<LimitBucket, Bucket> buckets = new HashMap<>();

	private final Step step = new Step();

	private int next = FEW;

	/**
	 * A store in which every bucket is full.
	 * @param clock tells how much has come back
	 */
	public InMemoryLimitStore(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Grant take(List<Draw> draws) {
		synchronized (this.buckets) {
			Instant now = begin();
			List<Level> levels = new ArrayList<>(draws.size());
			for (int i = 0; i < draws.size(); i++) {
				Draw draw = draws.get(i);
				Probe probe = take(draw);
				if (!probe.isEnough()) {
					draws.subList(0, i).forEach(this::putBack);
					return new Grant.Refused(draw, probe.remaining(),
							availableIn(draw.bucket(), probe.waitNanos(), now));
				}
				levels.add(new Level(draw.bucket(), probe.remaining()));
			}
			return new Grant.Granted(levels);
		}
	}

	private Probe take(Draw draw) {
		Bucket bucket = bucket(draw.bucket());
		if (draw.amount() == 0) {
			EstimationProbe any = bucket.estimateAbilityToConsume(1);
			return new Probe(any.canBeConsumed(), any.getRemainingTokens(), any.getNanosToWaitForRefill());
		}
		ConsumptionProbe taken = bucket.tryConsumeAndReturnRemaining(draw.amount());
		return new Probe(taken.isConsumed(), taken.getRemainingTokens(), taken.getNanosToWaitForRefill());
	}

	private void putBack(Draw draw) {
		if (draw.amount() > 0) {
			bucket(draw.bucket()).addTokens(draw.amount());
		}
	}

	/** The next day has a bucket of its own, whatever this one owes. */
	private static Duration availableIn(LimitBucket bucket, long nanos, Instant now) {
		Duration refill = Duration.ofNanos(nanos);
		if (bucket.per() != LimitPeriod.DAY) {
			return refill;
		}
		Duration rest = bucket.isOver(now) ? Duration.ZERO : Duration.between(now, bucket.end());
		return (refill.compareTo(rest) < 0) ? refill : rest;
	}

	@Override
	public List<Level> correct(List<Draw> corrections) {
		synchronized (this.buckets) {
			Instant now = begin();
			List<Level> levels = new ArrayList<>(corrections.size());
			for (Draw draw : corrections) {
				levels
					.add(new Level(draw.bucket(), draw.bucket().isOver(now) ? draw.bucket().amount() : correct(draw)));
			}
			return levels;
		}
	}

	private long correct(Draw draw) {
		Bucket bucket = bucket(draw.bucket());
		if (draw.amount() > 0) {
			bucket.consumeIgnoringRateLimits(draw.amount());
		}
		else if (draw.amount() < 0) {
			bucket.addTokens(-draw.amount());
		}
		return bucket.getAvailableTokens();
	}

	/** Everything that is done in one step is done at one time. */
	private Instant begin() {
		Instant now = this.clock.instant();
		this.step.nanos = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
		if (this.buckets.size() >= this.next) {
			this.buckets.entrySet()
				.removeIf((entry) -> entry.getKey().isOver(now)
						|| entry.getValue().getAvailableTokens() >= entry.getKey().amount());
			this.next = Math.max(FEW, 2 * this.buckets.size());
		}
		return now;
	}

	private Bucket bucket(LimitBucket key) {
		return this.buckets.computeIfAbsent(key,
				(unknown) -> Bucket.builder()
					.addLimit(unknown.bandwidth())
					.withCustomTimePrecision(this.step)
					.withSynchronizationStrategy(SynchronizationStrategy.NONE)
					.build());
	}

	/** How many buckets there are, for tests. */
	int size() {
		synchronized (this.buckets) {
			return this.buckets.size();
		}
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

	/** The time of the present step. */
	private static final class Step implements TimeMeter {

		private long nanos;

		@Override
		public long currentTimeNanos() {
			return this.nanos;
		}

		@Override
		public boolean isWallClockBased() {
			return true;
		}

	}

}
