package dev.switchboard.change;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is set at run time, in place of what the configuration says under the same name.
 *
 * @param kind what it is
 * @param name its name
 * @param properties its properties and their values, in the words of the configuration,
 * such as {@code soft-limit} and {@code 80%}; what is left out has its default
 */
public record Setting(Kind kind, String name, SortedMap<String, String> properties) {

	public Setting {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A setting must have a name");
		}
		properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
	}

	/**
	 * A setting.
	 * @param kind what it is
	 * @param name its name
	 * @param properties its properties and their values
	 * @return the setting
	 */
	public static Setting of(Kind kind, String name, Map<String, String> properties) {
		return new Setting(kind, name, new TreeMap<>(properties));
	}

	/** What can be set at run time. */
	public enum Kind {

		/** The targets of a route. */
		ROUTE,

		/** A budget. */
		BUDGET,

		/** A limit. */
		LIMIT

	}

}
