package dev.switchboard.observation;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Facts as {@code name=value}. A provider's words cannot begin a line of their own or
 * pass for another fact.
 */
final class LogLine {

	private final StringBuilder text;

	LogLine(String what) {
		this.text = new StringBuilder(what);
	}

	LogLine add(String name, @Nullable Object value) {
		if (value == null) {
			return this;
		}
		this.text.append(' ').append(name).append('=');
		String words = value.toString();
		boolean plain = !words.isEmpty() && words.chars().noneMatch((c) -> c <= ' ' || c == '"' || c == '\u007f');
		if (plain) {
			this.text.append(words);
		}
		else {
			this.text.append('"');
			words.chars().forEach((c) -> this.text.append((Character.isISOControl(c) || c == '"') ? '?' : (char) c));
			this.text.append('"');
		}
		return this;
	}

	LogLine add(String name, @Nullable Duration value) {
		return (value != null) ? add(name, value.toMillis() + "ms") : this;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
