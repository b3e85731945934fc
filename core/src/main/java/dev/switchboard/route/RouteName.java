package dev.switchboard.route;

import java.util.regex.Pattern;

/**
 * The name an application asks for, such as {@code cheap-fast}.
 *
 * @param value lower-case letters, digits and single dashes
 */
public record RouteName(String value) {

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

	public RouteName {
		if (!PATTERN.matcher(value).matches()) {
			throw new IllegalArgumentException("A route's name is made of lower-case letters, digits and dashes, such "
					+ "as 'cheap-fast', but found '" + value + "'");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
