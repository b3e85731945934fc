package dev.switchboard.cache;

import dev.switchboard.route.CacheSettings;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * An answer as it is kept; never handed out itself.
 *
 * @param answer the answer
 * @param storedAt when it was stored, by the cache's ticker
 * @param lifetime how long it is of any use, in nanoseconds
 * @param weight its size in bytes
 */
record StoredAnswer(ChatResponse answer, long storedAt, long lifetime, int weight) {

	// A key with its map entry.
	private static final int ENTRY = 256;

	static StoredAnswer of(ChatResponse answer, long now, CacheSettings settings) {
		long stale = Math.max(Nanos.of(settings.staleWhileRevalidate()), Nanos.of(settings.staleIfError()));
		long weight = Math.min(Keeping.weigh(answer) + ENTRY, Integer.MAX_VALUE);
		return new StoredAnswer(answer, now, Nanos.sum(Nanos.of(settings.ttl()), stale), (int) weight);
	}

}
