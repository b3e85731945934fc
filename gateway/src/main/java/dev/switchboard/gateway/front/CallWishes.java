package dev.switchboard.gateway.front;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.Caller;
import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a caller says of a call in the headers of his request.
 */
public final class CallWishes {

	static final String TAGS = "X-Switchboard-Tags";

	static final String POLICY = "X-Switchboard-Policy";

	static final String DEADLINE = "X-Switchboard-Deadline";

	private static final int MOST_TAGS = 16;

	private static final Pattern TAG = Pattern.compile("\\s*([A-Za-z0-9_.-]{1,64})\\s*=\\s*([ -+\\--~]{1,256}?)\\s*");

	private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(ms|s|m)?");

	private static final Pattern MAX_AGE = Pattern.compile("max-age=\"?(\\d{1,9})\"?");

	private CallWishes() {
	}

	/**
	 * Reads the headers.
	 * @param request the request
	 * @param caller who sent it
	 * @param policies the names of the policies there are
	 * @return what he says
	 * @throws RefusedRequestException if one of the headers can't be read
	 */
	public static CallContext read(HttpServletRequest request, Caller caller, Set<String> policies) {
		String tags = request.getHeader(TAGS);
		String policy = request.getHeader(POLICY);
		String deadline = request.getHeader(DEADLINE);
		String cache = request.getHeader("Cache-Control");
		if (policy != null && !policies.contains(policy)) {
			throw RefusedRequestException.invalid(POLICY,
					"Header '" + POLICY + "' names no policy; the policies are " + policies.stream().sorted().toList());
		}
		return new CallContext(caller, (tags != null) ? tags(tags) : Map.of(),
				(cache != null) ? cacheControl(cache) : CacheControl.DEFAULT, policy,
				(deadline != null) ? deadline(deadline) : null);
	}

	private static Map<String, String> tags(String header) {
		Map<String, String> tags = new LinkedHashMap<>();
		for (String tag : header.split(",")) {
			Matcher matcher = TAG.matcher(tag);
			if (!matcher.matches() || tags.size() == MOST_TAGS) {
				throw RefusedRequestException.invalid(TAGS, "Header '" + TAGS + "' is written 'name=value, name=value' "
						+ "with at most " + MOST_TAGS + " tags of printable ASCII characters");
			}
			tags.put(matcher.group(1), matcher.group(2));
		}
		return tags;
	}

	private static CacheControl cacheControl(String header) {
		String words = header.toLowerCase(Locale.ROOT);
		boolean noStore = words.contains("no-store");
		Matcher maxAge = MAX_AGE.matcher(words);
		return new CacheControl(noStore || words.contains("no-cache"), noStore,
				maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : null);
	}

	private static @Nullable Duration deadline(String header) {
		Duration deadline = null;
		Matcher matcher = SECONDS.matcher(header.strip());
		if (matcher.matches()) {
			long amount = Long.parseLong(matcher.group(1));
			deadline = switch (String.valueOf(matcher.group(2))) {
				case "ms" -> Duration.ofMillis(amount);
				case "m" -> Duration.ofMinutes(amount);
				default -> Duration.ofSeconds(amount);
			};
		}
		else {
			try {
				deadline = Duration.parse(header.strip());
			}
			catch (DateTimeParseException ex) {
				// Told below.
			}
		}
		if (deadline == null || deadline.isNegative() || deadline.isZero()) {
			throw RefusedRequestException.invalid(DEADLINE,
					"Header '" + DEADLINE + "' must be a positive time, such as '30s', '1500ms' or 'PT30S'");
		}
		return deadline;
	}

}
