package dev.switchboard.gateway.access;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Names that somebody may use, by patterns in which {@code *} stands for any characters.
 *
 * @param patterns the patterns; with none, nothing is allowed
 * @param cap what must allow a name as well; {@code null} for nothing
 */
public record Allowed(List<String> patterns, @Nullable Allowed cap) {

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
	 * Names that somebody may use.
	 * @param patterns the patterns; with none, nothing is allowed
	 */
	public Allowed(List<String> patterns) {
		this(patterns, null);
	}

	/**
	 * Whether a name is among them.
	 * @param name the name
	 * @return whether it is
	 */
	public boolean includes(String name) {
		return matches(name) && (this.cap == null || this.cap.includes(name));
	}

	private boolean matches(String name) {
		for (String pattern : this.patterns) {
			if (pattern.equals("*") || pattern.equals(name)
					|| (pattern.indexOf('*') >= 0 && regex(pattern).matcher(name).matches())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Those of these names that something else allows too.
	 * @param other what else must allow them
	 * @return the names that both allow
	 */
	public Allowed within(Allowed other) {
		if (other.isEverything()) {
			return this;
		}
		return isEverything() ? other : new Allowed(this.patterns, (this.cap != null) ? other.within(this.cap) : other);
	}

	private boolean isEverything() {
		return this.cap == null && this.patterns.contains("*");
	}

	private static Pattern regex(String pattern) {
		return Pattern.compile(Pattern.compile("\\*")
			.splitAsStream(pattern + "\0")
			.map((part) -> Pattern.quote(part.replace("\0", "")))
			.collect(Collectors.joining(".*")), Pattern.DOTALL);
	}

}
