package dev.switchboard.gateway.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request. One that there is not is refused: a filter that is
 * misspelt would otherwise let everything through.
 */
final class Parameters {

	static final String LIMIT = "limit";

	static final String AFTER = "after";

	private static final ZoneId UTC = ZoneId.of("UTC");

	private static final int USUAL = 100;

	private static final int MOST = 1000;

	private final HttpServletRequest request;

	private Parameters(HttpServletRequest request) {
		this.request = request;
	}

	/**
	 * Reads parameters.
	 * @param request the request
	 * @param known the names that there are, for the caller to read
	 * @param open what other names will do
	 * @return the parameters
	 * @throws RefusedRequestException if there are others
	 */
	static Parameters of(HttpServletRequest request, Collection<String> known, Predicate<String> open) {
		for (String name : request.getParameterMap().keySet()) {
			if (!known.contains(name) && !open.test(name)) {
				List<String> names = known.stream().sorted().toList();
				throw RefusedRequestException.invalid(name, "There is no parameter '" + printable(name) + "'; there "
						+ (names.isEmpty() ? "are none" : "are " + String.join(", ", names)));
			}
		}
		return new Parameters(request);
	}

	static Parameters of(HttpServletRequest request, String... known) {
		return of(request, List.of(known), (name) -> false);
	}

	@Nullable String text(String name) {
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

	@Nullable Boolean flag(String name) {
		String text = text(name);
		if (text == null) {
			return null;
		}
		return switch (text) {
			case "true" -> true;
			case "false" -> false;
			default -> throw RefusedRequestException.invalid(name, "'" + name + "' must be true or false");
		};
	}

	/** How many things to a page. */
	int limit() {
		String text = text(LIMIT);
		try {
			int limit = (text != null) ? Integer.parseInt(text) : USUAL;
			if (limit > 0 && limit <= MOST) {
				return limit;
			}
		}
		catch (NumberFormatException ex) {
			// Told below.
		}
		throw RefusedRequestException.invalid(LIMIT, "'limit' must be a number from 1 to " + MOST);
	}

	/** Where days begin. */
	ZoneId zone() {
		String zone = text("zone");
		try {
			return (zone != null) ? ZoneId.of(zone) : UTC;
		}
		catch (DateTimeException ex) {
			throw RefusedRequestException.invalid("zone",
					"'zone' must be a time zone, such as 'Europe/Berlin' or '+02:00'");
		}
	}

	/**
	 * A time.
	 * @param name the parameter, a day or an instant
	 * @param daysAfter how many days after the beginning of the day that is meant: 1 if
	 * it is a last day
	 */
	@Nullable Instant instant(String name, int daysAfter) {
		String text = text(name);
		if (text == null) {
			return null;
		}
		try {
			return (text.indexOf('T') >= 0) ? OffsetDateTime.parse(text).toInstant()
					: LocalDate.parse(text).plusDays(daysAfter).atStartOfDay(zone()).toInstant();
		}
		catch (DateTimeException ex) {
			throw RefusedRequestException.invalid(name, "'" + name
					+ "' must be a day, such as '2027-01-31', or an instant, such as '2027-01-31T12:00:00Z'");
		}
	}

	static RefusedRequestException noPlace() {
		return RefusedRequestException.invalid(AFTER, "'after' must be the 'next' of the page before");
	}

	private static String printable(String name) {
		return name.codePoints()
			.limit(64)
			.map((c) -> (c > ' ' && c <= '~') ? c : '?')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
