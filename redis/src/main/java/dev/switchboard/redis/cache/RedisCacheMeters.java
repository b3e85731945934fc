package dev.switchboard.redis.cache;

import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How the second level of the response cache fares, in numbers.
 */
public final class RedisCacheMeters implements MeterBinder {

	/** Lookups, by their {@link #OUTCOME}. */
	public static final String LOOKUPS = "switchboard.redis.cache.lookups";

	/** Answers that were to be kept, by their {@link #OUTCOME}. */
	public static final String WRITES = "switchboard.redis.cache.writes";

	/** The tag that says what came of it. */
	public static final String OUTCOME = "outcome";

	private final CacheCounts counts;

	/**
	 * The meters of a cache.
	 * @param answers the cache
	 */
	public RedisCacheMeters(RedisAnswers answers) {
		this.counts = answers.counts();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		counter(LOOKUPS, "hit", this.counts.hits, registry);
		counter(LOOKUPS, "miss", this.counts.misses, registry);
		counter(LOOKUPS, "unreadable", this.counts.unreadable, registry);
		counter(LOOKUPS, "away", this.counts.away, registry);
		counter(WRITES, "stored", this.counts.stored, registry);
		counter(WRITES, "too-large", this.counts.tooLarge, registry);
		counter(WRITES, "dropped", this.counts.dropped, registry);
	}

	private static void counter(String name, String outcome, LongAdder count, MeterRegistry registry) {
		FunctionCounter.builder(name, count, LongAdder::sum).tag(OUTCOME, outcome).register(registry);
	}

}
