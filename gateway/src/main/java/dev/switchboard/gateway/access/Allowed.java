package dev.switchboard.gateway.access;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names that somebody may use, by patterns in which {@code *} stands for any characters.
 *
 * @param patterns the patterns; with none, nothing is allowed
 */
public record Allowed(List<String> patterns) {

	/** Nothing. */
	public static final Allowed NOTHING = new Allowed(List.of());

	/** Everything. */
	public static final Allowed EVERYTHING = new Allowed(List.of("*"));

	public Allowed {
		patterns = List.copyOf(patterns);
		if (patterns.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("A pattern of names must not be blank");
		}
	}

	/**
	 * Whether a name is among them.
	 * @param name the name
	 * @return whether it is
	 */
	public boolean includes(String name) {
		for (String pattern : this.patterns) {
			if (pattern.equals("*") || pattern.equals(name)
					|| (pattern.indexOf('*') >= 0 && regex(pattern).matcher(name).matches())) {
				return true;
			}
		}
		return false;
	}

	private static Pattern regex(String pattern) {
		return Pattern.compile(Pattern.compile("\\*")
			.splitAsStream(pattern + "\0")
			.map((part) -> Pattern.quote(part.replace("\0", "")))
			.collect(Collectors.joining(".*")), Pattern.DOTALL);
	}

}
