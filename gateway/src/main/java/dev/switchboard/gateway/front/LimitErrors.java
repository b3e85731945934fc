package dev.switchboard.gateway.front;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.switchboard.call.LimitRefusal;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.gateway.wire.GatewayError;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told whose call a limit did not admit.
 */
public final class LimitErrors {

	/** A limit of ours; that of a provider has another code. */
	static final String RATE_LIMITED = "rate_limited";

	static final String REQUEST_EXCEEDS_LIMIT = "request_exceeds_limit";

	static final String LIMIT_UNAVAILABLE = "limit_unavailable";

	private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

	private LimitErrors() {
	}

	/**
	 * The error of a call.
	 * @param ex how it was refused
	 * @param now the time
	 * @return the error, with the name of the limit, what of it was not enough, and when
	 * there is room again
	 */
	public static GatewayError of(RateLimitExceededException ex, Instant now) {
		LimitRefusal refusal = ex.refusal();
		Map<String, String> details = new LinkedHashMap<>();
		details.put("limit", refusal.limit());
		details.put("limit_unit", refusal.unit().label());
		Instant availableAt = refusal.availableAt();
		Duration wait = (availableAt != null) ? atLeast(Duration.between(now, availableAt)) : null;
		return switch (refusal.reason()) {
			case EXHAUSTED -> {
				if (availableAt != null) {
					details.put("available_at", availableAt.toString());
				}
				yield error(429, RATE_LIMITED, ex, wait, details);
			}
			// Clients try again after a 429, and nobody is helped by that.
			case TOO_LARGE -> error(413, REQUEST_EXCEEDS_LIMIT, ex, null, details);
			case UNAVAILABLE -> error(503, LIMIT_UNAVAILABLE, ex, wait, details);
		};
	}

	private static Duration atLeast(Duration wait) {
		return (wait.compareTo(LEAST_WAIT) < 0) ? LEAST_WAIT : wait;
	}

	private static GatewayError error(int status, String code, RateLimitExceededException ex, @Nullable Duration wait,
			Map<String, String> details) {
		return new GatewayError(status, code, String.valueOf(ex.getMessage()), null, wait, ex.record().id(), details);
	}

}
