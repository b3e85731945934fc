package dev.switchboard.gateway.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cost.ModelId;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.store.ledger.CallFilter;
import dev.switchboard.store.ledger.Span;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request about calls: {@code from} and {@code until}, each a day or
 * an instant, by default this month so far; {@code zone} where days and months begin, by
 * default UTC; {@code route}, {@code team}, {@code key}, {@code model}, {@code outcome}
 * and {@code tag.<name>} for those that a call must have.
 */
final class Question {

	private static final String TAG = "tag.";

	private static final Set<String> FILTERS = Set.of("from", "until", "zone", "route", "team", "key", "model",
			"outcome");

	private static final ZoneId UTC = ZoneId.of("UTC");

	private final HttpServletRequest request;

	private Question(HttpServletRequest request) {
		this.request = request;
	}

	/**
	 * Reads what is asked for.
	 * @param request the request
	 * @param own the names of the parameters that only this endpoint has
	 * @param now until when it is asked about if it does not say
	 * @return which calls
	 * @throws RefusedRequestException if it can't be read, or has other parameters
	 */
	static CallFilter of(HttpServletRequest request, Set<String> own, Instant now) {
		Question question = new Question(request);
		question.refuseUnknown(own);
		String model = question.text("model");
		Map<String, String> tags = new HashMap<>();
		for (String name : request.getParameterMap().keySet()) {
			if (name.startsWith(TAG)) {
				tags.put(name.substring(TAG.length()), String.valueOf(question.text(name)));
			}
		}
		return new CallFilter(question.span(now), question.text("route"), question.text("team"), question.text("key"),
				(model != null) ? model(model) : null, question.text("outcome"), tags);
	}

	private void refuseUnknown(Set<String> own) {
		for (String name : this.request.getParameterMap().keySet()) {
			if (!FILTERS.contains(name) && !own.contains(name) && !name.startsWith(TAG)) {
				// A filter that is misspelt would otherwise let everything through.
				List<String> known = new ArrayList<>(FILTERS);
				known.addAll(own);
				known.add("tag.<name>");
				throw RefusedRequestException.invalid(name, "There is no parameter '" + printable(name)
						+ "'; there are " + String.join(", ", known.stream().sorted().toList()));
			}
		}
	}

	private Span span(Instant now) {
		ZoneId zone = zone();
		String from = text("from");
		String until = text("until");
		Instant begin = (from != null) ? instant("from", from, zone, 0)
				: YearMonth.from(now.atZone(zone)).atDay(1).atStartOfDay(zone).toInstant();
		// A last day is part of it.
		Instant end = (until != null) ? instant("until", until, zone, 1) : now;
		if (end.isBefore(begin)) {
			throw RefusedRequestException.invalid("until", "'until' is " + end + ", which is before 'from', " + begin);
		}
		return new Span(begin, end, zone);
	}

	private ZoneId zone() {
		String zone = text("zone");
		try {
			return (zone != null) ? ZoneId.of(zone) : UTC;
		}
		catch (DateTimeException ex) {
			throw RefusedRequestException.invalid("zone",
					"'zone' must be a time zone, such as 'Europe/Berlin' or '+02:00'");
		}
	}

	private static Instant instant(String name, String text, ZoneId zone, int daysAfter) {
		try {
			return (text.indexOf('T') >= 0) ? OffsetDateTime.parse(text).toInstant()
					: LocalDate.parse(text).plusDays(daysAfter).atStartOfDay(zone).toInstant();
		}
		catch (DateTimeException ex) {
			throw RefusedRequestException.invalid(name, "'" + name
					+ "' must be a day, such as '2027-01-31', or an instant, such as '2027-01-31T12:00:00Z'");
		}
	}

	private static ModelId model(String text) {
		try {
			return ModelId.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw RefusedRequestException.invalid("model", "'model' must be written provider/model");
		}
	}

	private @Nullable String text(String name) {
		String[] values = this.request.getParameterValues(name);
		if (values == null || values.length == 0) {
			return null;
		}
		if (values.length > 1 || values[0].isBlank()) {
			throw RefusedRequestException.invalid(name,
					"Parameter '" + printable(name) + "' must be given once, and not be blank");
		}
		return values[0];
	}

	private static String printable(String name) {
		return name.codePoints()
			.limit(64)
			.map((c) -> (c > ' ' && c <= '~') ? c : '?')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
