package dev.switchboard.redis.cache;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of lookups and of answers to be kept.
 */
final class CacheCounts {

	final LongAdder hits = new LongAdder();

	final LongAdder misses = new LongAdder();

	final LongAdder unreadable = new LongAdder();

	final LongAdder away = new LongAdder();

	final LongAdder stored = new LongAdder();

	final LongAdder tooLarge = new LongAdder();

	final LongAdder dropped = new LongAdder();

}
