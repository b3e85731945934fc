package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.switchboard.gateway.front.JsonBodies;
import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a request that changes something. A field that there is not is refused, as
 * somebody means something by it.
 */
final class AdminBody {

	private static final JsonBodies BODIES = new JsonBodies(128 * 1024, Duration.ofSeconds(30));

	private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(s|m|h|d)");

	private final Fields fields;

	private AdminBody(Fields fields) {
		this.fields = fields;
	}

	/**
	 * Reads a body.
	 * @param request the request
	 * @param known the fields that there are; with none there may be no body but an empty
	 * one
	 * @return the body
	 * @throws RefusedRequestException if it is no JSON object, or has others
	 */
	static AdminBody read(HttpServletRequest request, Set<String> known) throws IOException {
		ObjectNode body = BODIES.read(request);
		return new AdminBody(Fields.of(require(body, "", known), ""));
	}

	/**
	 * Refuses what is no object, or has other fields.
	 * @param path where it stands; empty for the body itself
	 */
	static JsonNode require(JsonNode object, String path, Set<String> known) {
		Fields.of(object, path);
		for (String name : object.propertyNames()) {
			if (!known.contains(name)) {
				throw RefusedRequestException.invalid(path.isEmpty() ? name : path + "." + name,
						"There is no such field; there "
								+ (known.isEmpty() ? "are none" : "are " + String.join(", ", new TreeSet<>(known))));
			}
		}
		return object;
	}

	/** A field of any type; {@code null} if it is missing. */
	@Nullable JsonNode node(String name) {
		return this.fields.node(name);
	}

	@Nullable String text(String name) {
		return this.fields.text(name);
	}

	boolean flag(String name) {
		return Boolean.TRUE.equals(this.fields.bool(name));
	}

	/** A list of texts, and of nothing else. */
	List<String> list(String name, List<String> otherwise) {
		if (this.fields.node(name) == null) {
			return otherwise;
		}
		List<JsonNode> elements = this.fields.elements(name);
		if (!elements.stream().allMatch(JsonNode::isString)) {
			throw RefusedRequestException.invalid(name, "'" + name + "' must be an array of strings");
		}
		return elements.stream().map(JsonNode::asString).toList();
	}

	@Nullable Instant instant(String name) {
		String text = text(name);
		try {
			// As the database keeps it.
			return (text != null) ? OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS) : null;
		}
		catch (DateTimeException ex) {
			throw RefusedRequestException.invalid(name,
					"'" + name + "' must be an instant, such as '2027-01-31T12:00:00Z'");
		}
	}

	/**
	 * A length of time, by default none.
	 * @param most the longest that will do
	 */
	Duration duration(String name, Duration most) {
		String text = text(name);
		if (text == null) {
			return Duration.ZERO;
		}
		Matcher length = LENGTH.matcher(text);
		try {
			Duration duration = length.matches() ? Duration.parse(iso(length.group(1), length.group(2)))
					: Duration.parse(text);
			if (!duration.isNegative() && duration.compareTo(most) <= 0) {
				return duration;
			}
		}
		catch (DateTimeException ex) {
			// Told below.
		}
		throw RefusedRequestException.invalid(name, "'" + name + "' must be a length of time from '0s' to '"
				+ most.toDays() + "d', such as '10m' or 'PT10M'");
	}

	private static String iso(String number, String unit) {
		return unit.equals("d") ? "P" + number + "D" : "PT" + number + unit.toUpperCase(Locale.ROOT);
	}

}
