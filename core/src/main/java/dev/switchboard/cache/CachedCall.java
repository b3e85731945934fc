package dev.switchboard.cache;

import dev.switchboard.call.CacheOutcome;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * An answer and where it came from.
 *
 * @param response the answer, the receiver's own: nobody else holds it or parts of it
 * that can be changed. A remembered one carries the metadata of the call that produced it
 * @param outcome what the cache had to do with it
 */
public record CachedCall(ChatResponse response, CacheOutcome outcome) {
}
