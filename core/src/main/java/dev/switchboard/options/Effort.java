package dev.switchboard.options;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** How long a model thinks, from not at all upwards. Each model takes some of these. */
enum Effort {

	NONE, MINIMAL, LOW, MEDIUM, HIGH, XHIGH, MAX;

	static @Nullable Effort of(String word) {
		for (Effort effort : values()) {
			if (effort.name().equalsIgnoreCase(word.strip())) {
				return effort;
			}
		}
		return null;
	}

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What comes nearest to this among what a model takes. Who wants it to think gets it
	 * to think, however little; of two as near the one nearer to {@code HIGH} is taken,
	 * which is what most models do by themselves.
	 */
	Effort nearest(Set<Effort> taken) {
		if (taken.contains(this)) {
			return this;
		}
		return taken.stream()
			.filter((other) -> this == NONE || other != NONE)
			.min(Comparator.comparingInt((Effort other) -> Math.abs(other.ordinal() - ordinal()))
				.thenComparingInt((other) -> Math.abs(other.ordinal() - HIGH.ordinal())))
			.orElse(this);
	}

}
