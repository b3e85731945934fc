package dev.switchboard.options;

import org.jspecify.annotations.Nullable;

/**
 * What most providers can be asked for, though Spring AI's portable options have no word
 * for it. Each target is asked in its own provider's words, or not at all where it has
 * none.
 *
 * @param toolChoice whether tools may, must or must not be called; {@code null} leaves it
 * to the provider
 * @param parallelToolCalls whether one answer may call several tools; {@code null} leaves
 * it to the provider
 * @param reasoningEffort how long to think, in OpenAI's words: {@code none},
 * {@code minimal}, {@code low}, {@code medium}, {@code high}, {@code xhigh} or
 * {@code max}; a model that does not take one of them is asked for what comes nearest.
 * {@code null} leaves it to the provider
 * @param seed what makes answers repeatable, as far as the provider can; {@code null} for
 * none
 * @param jsonObject whether the answer must be a JSON object, of whatever schema
 */
public record CommonOptions(@Nullable ToolChoice toolChoice, @Nullable Boolean parallelToolCalls,
		@Nullable String reasoningEffort, @Nullable Integer seed, boolean jsonObject) {

	/** Nothing in particular. */
	public static final CommonOptions NONE = new CommonOptions(null, null, null, null, false);

	/**
	 * These, where the others say nothing.
	 * @param other what goes before these
	 * @return both
	 */
	CommonOptions overriddenBy(CommonOptions other) {
		if (other.equals(NONE)) {
			return this;
		}
		return new CommonOptions((other.toolChoice != null) ? other.toolChoice : this.toolChoice,
				(other.parallelToolCalls != null) ? other.parallelToolCalls : this.parallelToolCalls,
				(other.reasoningEffort != null) ? other.reasoningEffort : this.reasoningEffort,
				(other.seed != null) ? other.seed : this.seed, other.jsonObject || this.jsonObject);
	}

}
