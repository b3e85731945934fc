package dev.switchboard.gateway.front;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.switchboard.call.LimitNote;

/**
 * The headers that tell callers how their limits stand, as they are described in
 * draft-ietf-httpapi-ratelimit-headers-06: three of the limit that is nearest to its end,
 * and one with all of them.
 */
public final class LimitHeaders {

	static final String LIMIT = "RateLimit-Limit";

	static final String REMAINING = "RateLimit-Remaining";

	static final String RESET = "RateLimit-Reset";

	static final String POLICY = "RateLimit-Policy";

	private LimitHeaders() {
	}

	/**
	 * The headers of an answer.
	 * @param limits how the limits stand that its call counts in
	 * @return the headers by name; empty without any limit
	 */
	public static Map<String, String> of(List<LimitNote> limits) {
		if (limits.isEmpty()) {
			return Map.of();
		}
		LimitNote nearest = limits.get(0);
		for (LimitNote limit : limits) {
			nearest = limit.isNearerToItsEndThan(nearest) ? limit : nearest;
		}
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put(LIMIT, Long.toString(nearest.amount()));
		headers.put(REMAINING, Long.toString(nearest.remaining()));
		headers.put(RESET, Long.toString(seconds(nearest.reset())));
		headers.put(POLICY, limits.stream().map(LimitHeaders::policy).collect(Collectors.joining(", ")));
		return headers;
	}

	/** Whole seconds, rounded up: a second too early is another refusal. */
	static long seconds(Duration time) {
		return time.plusNanos(999_999_999).toSeconds();
	}

	private static String policy(LimitNote limit) {
		return limit.amount() + ";w=" + limit.per().toSeconds() + ";name=" + quoted(limit.limit()) + ";unit="
				+ quoted(limit.unit().label());
	}

	/** A string of HTTP's structured fields, which are ASCII. */
	private static String quoted(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		text.chars().forEach((c) -> {
			if (c == '"' || c == '\\') {
				quoted.append('\\');
			}
			quoted.append((c >= ' ' && c <= '~') ? (char) c : '?');
		});
		return quoted.append('"').toString();
	}

}
