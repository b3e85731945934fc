package dev.switchboard.cache;

import java.time.Duration;

import dev.switchboard.route.CacheSettings;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * An answer as it is kept; never handed out itself.
 *
 * @param answer the answer
 * @param madeAt when it was made, by the cache's ticker
 * @param lifetime how long after that it is of any use, in nanoseconds
 * @param weight its size in bytes
 */
record StoredAnswer(ChatResponse answer, long madeAt, long lifetime, int weight) {

	// A key with its map entry.
	private static final int ENTRY = 256;

	static StoredAnswer of(ChatResponse answer, long madeAt, CacheSettings settings) {
		long stale = Math.max(Nanos.of(settings.staleWhileRevalidate()), Nanos.of(settings.staleIfError()));
		long weight = Math.min(Keeping.weigh(answer) + ENTRY, Integer.MAX_VALUE);
		return new StoredAnswer(answer, madeAt, Nanos.sum(Nanos.of(settings.ttl()), stale), (int) weight);
	}

	long age(long now) {
		return now - this.madeAt;
	}

	Duration left(long now) {
		return Duration.ofNanos(Math.max(0, this.lifetime - age(now)));
	}

	StoredAnswer younger(StoredAnswer other) {
		return (this.madeAt - other.madeAt >= 0) ? this : other;
	}

}
