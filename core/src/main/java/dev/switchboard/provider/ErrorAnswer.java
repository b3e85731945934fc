package dev.switchboard.provider;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a provider said about an error, whatever shape it said it in.
 *
 * @param status the HTTP status; {@code null} if the error came inside an answer that had
 * begun well
 * @param code the most telling of its codes; {@code null} if it gave none
 * @param type the broader class of the error; {@code null} if it gave none
 * @param message its own words; {@code null} if it gave none
 * @param quota which quota was passed, by Google's identifier; {@code null} if it told
 * none
 * @param retryAfter how long it asks us to wait; {@code null} if it doesn't
 */
record ErrorAnswer(@Nullable Integer status, @Nullable String code, @Nullable String type, @Nullable String message,
		@Nullable String quota, @Nullable Duration retryAfter) {

	private static final int MAX_MESSAGE = 500;

	/** Nobody means more than that, and instants of the far future overflow. */
	private static final Duration MAX_RETRY_AFTER = Duration.ofDays(7);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Pattern TRY_AGAIN_IN = Pattern.compile(
			"(?:try again|retry) in (?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s))?",
			Pattern.CASE_INSENSITIVE);

	/** Keys as the large providers write them, and whatever is sent as a bearer token. */
	private static final Pattern KEY = Pattern.compile("\\b(?:(?:sk|gsk|xai|key|pk|fw|nvapi|tgp|csk|sb)[-_]"
			+ "[A-Za-z0-9_-]{12,}|AIza[A-Za-z0-9_-]{20,})|(?<=[Bb]earer )\\S{8,}");

	/**
	 * Reads an HTTP answer.
	 * @param status its status
	 * @param headers its headers
	 * @param body its body, in whatever format
	 * @param time tells how far away a date is
	 * @return what it says
	 */
	static ErrorAnswer of(int status, Map<String, String> headers, String body, InstantSource time) {
		Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		byName.putAll(headers);
		return of(Integer.valueOf(status), byName, parse(body), time);
	}

	/**
	 * Reads an error that came inside an answer which had begun well.
	 * @param body what was said instead of the answer's next part
	 * @return what it says
	 */
	static ErrorAnswer within(JsonNode body) {
		return of(null, Map.of(), body, InstantSource.system());
	}

	static ErrorAnswer of(@Nullable Integer status, Map<String, String> headers, JsonNode body, InstantSource time) {
		JsonNode error = error(body);
		String message = message(body, error);
		String type = text(error.get("type"));
		String code = code(error, body);
		Integer effective = (status != null && status >= 300) ? status : number(error.get("code"), body.get("code"));
		Duration retryAfter = retryAfter(headers, error, message, time);
		return new ErrorAnswer(effective, code, type, message, quota(error), retryAfter);
	}

	private static JsonNode parse(String body) {
		String text = body.strip();
		if (text.startsWith("data:")) {
			text = text.substring("data:".length()).strip();
		}
		if (text.startsWith("{") || text.startsWith("[")) {
			try {
				return MAPPER.readTree(text);
			}
			catch (JacksonException ex) {
				// Not JSON after all.
			}
		}
		boolean words = !text.isEmpty() && !text.startsWith("<");
		JsonNodeFactory nodes = MAPPER.getNodeFactory();
		return words ? nodes.objectNode().put("message", text) : nodes.objectNode();
	}

	private static JsonNode error(JsonNode body) {
		if (body.isArray() && !body.isEmpty()) {
			return error(body.get(0));
		}
		JsonNode error = body.get("error");
		return (error != null && error.isObject()) ? error : body;
	}

	private static @Nullable String message(JsonNode body, JsonNode error) {
		String message = text(error.get("message"));
		if (message == null) {
			message = text(body.get("error"));
		}
		if (message == null) {
			message = text(body.get("message"));
		}
		return (message != null) ? message : detail(body);
	}

	/**
	 * What validation says, as FastAPI words it: a list of objects with a {@code msg}.
	 */
	private static @Nullable String detail(JsonNode body) {
		JsonNode message = body.get("message");
		JsonNode detail = (message != null && message.isObject()) ? message.get("detail") : body.get("detail");
		if (detail == null || detail.isNull()) {
			return null;
		}
		JsonNode first = (detail.isArray() && !detail.isEmpty()) ? detail.get(0) : detail;
		String words = first.isObject() ? text(first.get("msg")) : text(first);
		JsonNode place = first.isObject() ? first.get("loc") : null;
		return (words != null && place != null) ? words + ": " + place : (words != null) ? words : detail.toString();
	}

	private static @Nullable String code(JsonNode error, JsonNode body) {
		JsonNode inner = error.get("innererror");
		String code = (inner != null) ? text(inner.get("code")) : null;
		if (code == null) {
			code = text(error.get("code"));
		}
		if (code == null && error != body) {
			code = text(body.get("code"));
		}
		if (code == null) {
			code = reason(error);
		}
		return (code != null) ? code : text(error.get("status"));
	}

	/** Google's own code, more telling than its status. */
	private static @Nullable String reason(JsonNode error) {
		JsonNode details = error.get("details");
		if (details != null && details.isArray()) {
			for (JsonNode detail : details) {
				String reason = detail.isObject() ? text(detail.get("reason")) : null;
				if (reason != null) {
					return reason;
				}
			}
		}
		return null;
	}

	private static @Nullable String quota(JsonNode error) {
		JsonNode details = error.get("details");
		if (details == null || !details.isArray()) {
			return null;
		}
		StringBuilder quotas = new StringBuilder();
		for (JsonNode detail : details) {
			JsonNode violations = detail.isObject() ? detail.get("violations") : null;
			if (violations != null && violations.isArray()) {
				for (JsonNode violation : violations) {
					String quota = violation.isObject() ? text(violation.get("quotaId")) : null;
					if (quota != null) {
						quotas.append(quota).append(' ');
					}
				}
			}
		}
		return quotas.isEmpty() ? null : quotas.toString();
	}

	private static @Nullable Duration retryAfter(Map<String, String> headers, JsonNode error, @Nullable String message,
			InstantSource time) {
		Duration wait = amount(headers.get("retry-after-ms"), -3);
		if (wait == null) {
			wait = amount(headers.get("retry-after"), 0);
		}
		if (wait == null) {
			wait = until(headers.get("retry-after"), headers.get("date"), time);
		}
		JsonNode details = error.get("details");
		if (wait == null && details != null && details.isArray()) {
			for (JsonNode detail : details) {
				String delay = detail.isObject() ? text(detail.get("retryDelay")) : null;
				if (delay != null && delay.endsWith("s")) {
					wait = amount(delay.substring(0, delay.length() - 1), 0);
				}
			}
		}
		if (wait == null && message != null) {
			wait = told(message);
		}
		if (wait == null) {
			return null;
		}
		return (wait.compareTo(MAX_RETRY_AFTER) > 0) ? MAX_RETRY_AFTER : wait;
	}

	private static @Nullable Duration amount(@Nullable String number, int exponent) {
		if (number == null || number.length() > 20 || !number.strip().matches("\\d+(\\.\\d+)?")) {
			return null;
		}
		BigDecimal millis = new BigDecimal(number.strip()).movePointRight(exponent + 3);
		BigDecimal limit = BigDecimal.valueOf(MAX_RETRY_AFTER.toMillis());
		return Duration.ofMillis(millis.min(limit).longValue());
	}

	private static @Nullable Duration until(@Nullable String date, @Nullable String now, InstantSource time) {
		ZonedDateTime then = date(date);
		if (then == null) {
			return null;
		}
		// The provider's own clock, where it tells it.
		ZonedDateTime answered = date(now);
		Duration wait = Duration.between((answered != null) ? answered.toInstant() : time.instant(), then.toInstant());
		return wait.isNegative() ? Duration.ZERO : wait;
	}

	private static @Nullable ZonedDateTime date(@Nullable String date) {
		if (date == null) {
			return null;
		}
		try {
			return ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable Duration told(String message) {
		Matcher matcher = TRY_AGAIN_IN.matcher(message);
		if (!matcher.find()) {
			return null;
		}
		Duration wait = Duration.ZERO;
		if (matcher.group(1) != null) {
			wait = wait.plusHours(Long.parseLong(matcher.group(1)));
		}
		if (matcher.group(2) != null) {
			wait = wait.plusMinutes(Long.parseLong(matcher.group(2)));
		}
		Duration rest = amount(matcher.group(3), "ms".equals(matcher.group(4)) ? -3 : 0);
		wait = (rest != null) ? wait.plus(rest) : wait;
		return wait.isZero() ? null : wait;
	}

	private static @Nullable String text(@Nullable JsonNode node) {
		return (node != null && node.isString() && !node.asString().isBlank()) ? node.asString().strip() : null;
	}

	private static @Nullable Integer number(@Nullable JsonNode... nodes) {
		for (JsonNode node : nodes) {
			if (node != null && node.isInt() && node.asInt() >= 400 && node.asInt() < 600) {
				return node.asInt();
			}
		}
		return null;
	}

	/**
	 * The failure that this is.
	 * @param cause the exception that carried it; {@code null} if there was none
	 * @return the failure
	 */
	Failure toFailure(@Nullable Throwable cause) {
		FailureKind kind = ErrorKinds.of(this);
		String telling = (this.code != null) ? this.code : this.type;
		String words = (this.message != null) ? this.message
				: (this.status != null) ? "Status " + this.status : "An error without words";
		return new Failure(kind, this.status, telling, this.retryAfter, bounded(words), cause);
	}

	/**
	 * Words of a provider as they may be told on: without credentials, not too many.
	 * @param words what it said
	 * @return at most 500 characters
	 */
	static String bounded(String words) {
		String start = (words.length() > 4 * MAX_MESSAGE) ? words.substring(0, 4 * MAX_MESSAGE) : words;
		String safe = KEY.matcher(start).replaceAll("******");
		return (safe.length() > MAX_MESSAGE) ? safe.substring(0, MAX_MESSAGE - 1) + "…" : safe;
	}

	/**
	 * Everything that names the error, in lower case.
	 * @return code and type
	 */
	String names() {
		return (((this.code != null) ? this.code : "") + ' ' + ((this.type != null) ? this.type : ""))
			.toLowerCase(Locale.ROOT);
	}

	/**
	 * What is said about the error, in lower case.
	 * @return the message, or nothing
	 */
	String words() {
		return (this.message != null) ? this.message.toLowerCase(Locale.ROOT) : "";
	}

}
