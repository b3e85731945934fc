package dev.switchboard.gateway.admin;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.switchboard.call.CallSelector;
import org.jspecify.annotations.Nullable;

/**
 * How it is said which calls count: in the words of the configuration.
 */
final class Selectors {

	private Selectors() {
	}

	static Map<String, Object> of(CallSelector selector) {
		Map<String, Object> parts = new LinkedHashMap<>();
		put(parts, "key", selector.key());
		put(parts, "team", selector.team());
		put(parts, "route", selector.route());
		put(parts, "provider", selector.provider());
		if (!selector.tags().isEmpty()) {
			parts.put("tags", selector.tags());
		}
		return parts;
	}

	private static void put(Map<String, Object> parts, String name, @Nullable String value) {
		if (value != null) {
			parts.put(name, value);
		}
	}

}
