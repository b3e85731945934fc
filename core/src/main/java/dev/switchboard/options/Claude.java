package dev.switchboard.options;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Anthropic's models take, which changes with almost every version of them. As
 * documented in November 2026: platform.claude.com/docs/en/build-with-claude/effort,
 * …/adaptive-thinking, …/extended-thinking and what is new in each model since 4.6.
 *
 * @param version as {@link ModelVersion} tells it; 0 for another maker's model, which is
 * taken to be asked as the older ones
 * @param alwaysThinks whether thinking can't be switched off
 */
record Claude(int version, boolean alwaysThinks) {

	private static final Pattern FAMILY = ModelVersion.family("claude-(?:[a-z]+-)?");

	static Claude of(String model) {
		String name = model.toLowerCase(Locale.ROOT);
		int version = ModelVersion.of(name, FAMILY);
		return new Claude(version, version > 500 || name.contains("-fable-") || name.contains("-mythos-"));
	}

	/** Thinks since 3.7. */
	boolean thinks() {
		return this.version == 0 || this.version >= 307;
	}

	/** How long it thinks it is told as an effort, no longer as a number of tokens. */
	boolean takesEffort() {
		return this.version >= 406;
	}

	Set<Effort> efforts() {
		return (this.version >= 407) ? EnumSet.range(Effort.LOW, Effort.MAX)
				: EnumSet.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH, Effort.MAX);
	}

	boolean thinksUnasked() {
		return this.alwaysThinks || this.version >= 500;
	}

	/** Refuses temperature, top_p and top_k, whatever their value. */
	boolean refusesSampling() {
		return this.version >= 407 || this.alwaysThinks;
	}

	/** Refuses temperature and top_p together. */
	boolean takesOneOfSampling() {
		return this.version >= 401;
	}

}
