package dev.switchboard.gateway.admin;

import java.time.Instant;
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

/**
 * The parameters of a request about calls: {@code from} and {@code until}, each a day or
 * an instant, by default this month so far; {@code zone} where days and months begin, by
 * default UTC; {@code route}, {@code team}, {@code key}, {@code model}, {@code outcome}
 * and {@code tag.<name>} for those that a call must have.
 */
final class Question {

	private static final String TAG = "tag.";

	private static final List<String> FILTERS = List.of("from", "until", "zone", "route", "team", "key", "model",
			"outcome", TAG + "<name>");

	private Question() {
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
		List<String> known = new ArrayList<>(FILTERS);
		known.addAll(own);
		Parameters parameters = Parameters.of(request, known, (name) -> name.startsWith(TAG));
		String model = parameters.text("model");
		Map<String, String> tags = new HashMap<>();
		for (String name : request.getParameterMap().keySet()) {
			if (name.startsWith(TAG)) {
				tags.put(name.substring(TAG.length()), String.valueOf(parameters.text(name)));
			}
		}
		return new CallFilter(span(parameters, now), parameters.text("route"), parameters.text("team"),
				parameters.text("key"), (model != null) ? model(model) : null, parameters.text("outcome"), tags);
	}

	private static Span span(Parameters parameters, Instant now) {
		ZoneId zone = parameters.zone();
		Instant from = parameters.instant("from", 0);
		// A last day is part of it.
		Instant until = parameters.instant("until", 1);
		Instant begin = (from != null) ? from
				: YearMonth.from(now.atZone(zone)).atDay(1).atStartOfDay(zone).toInstant();
		Instant end = (until != null) ? until : now;
		if (end.isBefore(begin)) {
			throw RefusedRequestException.invalid("until", "'until' is " + end + ", which is before 'from', " + begin);
		}
		return new Span(begin, end, zone);
	}

	private static ModelId model(String text) {
		try {
			return ModelId.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw RefusedRequestException.invalid("model", "'model' must be written provider/model");
		}
	}

}
