package dev.switchboard.limit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.bucket4j.Bucket;
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

	private final StepTime time = new StepTime();

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
			return begin().take(draws);
		}
	}

	@Override
	public List<Level> correct(List<Draw> corrections) {
		synchronized (this.buckets) {
			return begin().correct(corrections);
		}
	}

	/** Everything that is done in one step is done at one time. */
	private BucketStep begin() {
		Instant now = this.clock.instant();
		this.time.nanos = BucketStep.nanos(now);
		if (this.buckets.size() >= this.next) {
			this.buckets.entrySet()
				.removeIf((entry) -> entry.getKey().isOver(now)
						|| entry.getValue().getAvailableTokens() >= entry.getKey().amount());
			this.next = Math.max(FEW, 2 * this.buckets.size());
		}
		return new BucketStep(now, this::bucket);
	}

	private Bucket bucket(LimitBucket key) {
		return this.buckets.computeIfAbsent(key,
				(unknown) -> Bucket.builder()
					.addLimit(unknown.bandwidth())
					.withCustomTimePrecision(this.time)
					.withSynchronizationStrategy(SynchronizationStrategy.NONE)
					.build());
	}

	/** How many buckets there are, for tests. */
	int size() {
		synchronized (this.buckets) {
			return this.buckets.size();
		}
	}

	/** The time of the present step. */
	private static final class StepTime implements TimeMeter {

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
