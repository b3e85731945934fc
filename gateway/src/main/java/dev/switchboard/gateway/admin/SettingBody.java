package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;

/**
 * The JSON of what is to be set, as properties of the configuration. It has the same
 * names, with underscores.
 */
final class SettingBody {

	private static final String SELECTOR = "for";

	private static final String TAGS = "tags";

	/** The only field that is a list. */
	private static final String TARGETS = "targets";

	private SettingBody() {
	}

	/**
	 * Reads a body.
	 * @param request the request
	 * @param known the fields that there are
	 * @param selectable the fields of {@code for}
	 * @return the properties that are given
	 * @throws RefusedRequestException if it has others, or what no property can be
	 */
	static Map<String, String> read(HttpServletRequest request, Set<String> known, Set<String> selectable)
			throws IOException {
		AdminBody body = AdminBody.read(request, known);
		Map<String, String> properties = new TreeMap<>();
		for (String name : known) {
			JsonNode value = body.node(name);
			if (value == null) {
				continue;
			}
			if (name.equals(SELECTOR)) {
				selector(value, selectable, properties);
			}
			else {
				properties.put(name.replace('_', '-'), name.equals(TARGETS) ? list(name, value) : text(name, value));
			}
		}
		return properties;
	}

	private static void selector(JsonNode selector, Set<String> selectable, Map<String, String> properties) {
		AdminBody.require(selector, SELECTOR, selectable).properties().forEach((part) -> {
			String path = SELECTOR + "." + part.getKey();
			if (part.getValue().isNull()) {
				return;
			}
			if (!part.getKey().equals(TAGS)) {
				properties.put(path, text(path, part.getValue()));
				return;
			}
			if (!part.getValue().isObject()) {
				throw RefusedRequestException.invalid(path, "'" + path + "' must be an object");
			}
			part.getValue().properties().forEach((tag) -> {
				if (tag.getKey().isBlank() || tag.getKey().contains("[") || tag.getKey().contains("]")) {
					throw RefusedRequestException.invalid(path, "A tag has a name without brackets");
				}
				properties.put(path + "[" + tag.getKey() + "]", text(path, tag.getValue()));
			});
		});
	}

	private static String list(String name, JsonNode value) {
		List<String> elements = new ArrayList<>();
		value.forEach((element) -> {
			if (element.isString()) {
				elements.add(element.asString());
			}
		});
		if (!value.isArray() || elements.size() < value.size()) {
			throw RefusedRequestException.invalid(name, "'" + name + "' must be an array of strings");
		}
		return String.join(",", elements);
	}

	private static String text(String name, JsonNode value) {
		if (value.isNumber()) {
			return value.decimalValue().toPlainString();
		}
		if (!value.isString()) {
			throw RefusedRequestException.invalid(name, "'" + name + "' must be a string or a number");
		}
		return value.asString();
	}

}
