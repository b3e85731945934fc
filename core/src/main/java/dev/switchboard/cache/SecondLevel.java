package dev.switchboard.cache;

import java.time.Duration;

import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Remembered answers beyond this process, shared with other nodes. It is asked where a
 * node's own memory has no answer, and told of every answer that a node keeps.
 * <p>
 * No call depends on it: whatever goes wrong in it looks as if nothing were remembered,
 * and is its own to tell. Used by many threads at once.
 */
public interface SecondLevel {

	/**
	 * Looks for an answer. May hold up the thread for a short while, and never fails.
	 * @param key stands for the request
	 * @param patience how long the caller can wait at most; {@code null} for as long as
	 * it takes
	 * @return the answer, the receiver's own; {@code null} if there is none, or none that
	 * can be had
	 */
	@Nullable Found find(CacheKey key, @Nullable Duration patience);

	/**
	 * Keeps an answer in the place of an earlier one. Returns at once, and never fails.
	 * @param key stands for the request
	 * @param answer the answer, which is not to be changed
	 * @param lifetime how long it is of any use
	 */
	void keep(CacheKey key, ChatResponse answer, Duration lifetime);

	/**
	 * Forgets the answers of one route, also those that are about to be kept. Never
	 * fails.
	 * @param route the route
	 */
	void clear(RouteName route);

	/**
	 * Forgets all answers, also those that are about to be kept. Never fails.
	 */
	void clear();

	/**
	 * An answer that was found.
	 *
	 * @param answer the answer
	 * @param age how long ago it was made
	 */
	record Found(ChatResponse answer, Duration age) {
	}

}
