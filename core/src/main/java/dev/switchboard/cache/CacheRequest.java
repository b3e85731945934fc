package dev.switchboard.cache;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.switchboard.call.CacheControl;
import dev.switchboard.route.CacheSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * What is asked of the cache.
 *
 * @param key stands for the request
 * @param settings how the route remembers
 * @param control what the caller says about remembered answers
 * @param patience how long to wait for the answer of another call in flight; {@code null}
 * for as long as that takes
 * @param outage whether a failure means that the targets are out of service, so that an
 * answer after its time is better than none
 * @param refresh asks the targets once more, behind the back of a caller who was given an
 * answer after its time; runs on the cache's executor and accounts for itself
 */
public record CacheRequest(CacheKey key, CacheSettings settings, CacheControl control, @Nullable Duration patience,
		Predicate<Throwable> outage, Supplier<ChatResponse> refresh) {

	public CacheRequest {
		if (patience != null && patience.isNegative()) {
			patience = Duration.ZERO;
		}
	}

	/** The same after some waiting, of which patience has become less. */
	CacheRequest waitedFor(long nanos) {
		return (this.patience != null) ? new CacheRequest(this.key, this.settings, this.control,
				this.patience.minusNanos(nanos), this.outage, this.refresh) : this;
	}

}
