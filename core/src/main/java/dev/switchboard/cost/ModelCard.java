package dev.switchboard.cost;

import java.time.LocalDate;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one model.
 *
 * @param contextWindow the most tokens of input and output together; {@code null} if
 * unknown
 * @param maxOutputTokens the most output tokens of one answer; {@code null} if unknown
 * @param input the kinds of content it accepts
 * @param output the kinds of content that its answers are made of
 * @param tools whether it calls tools
 * @param parallelTools whether one answer may call several tools; {@code null} if unknown
 * @param structuredOutput whether it keeps to a JSON schema by itself
 * @param reasoning whether it thinks before it answers
 * @param prefill whether it goes on from a beginning of its own answer, given as the last
 * message
 * @param price what its tokens cost; {@code null} if unknown
 * @param deprecated the day from which on the provider may no longer answer; {@code null}
 * if none is known
 * @param source where these facts come from
 * @param asOf when they were read there
 */
public record ModelCard(@Nullable Integer contextWindow, @Nullable Integer maxOutputTokens, Set<Modality> input,
		Set<Modality> output, boolean tools, @Nullable Boolean parallelTools, boolean structuredOutput,
		boolean reasoning, boolean prefill, @Nullable Price price, @Nullable LocalDate deprecated, String source,
		LocalDate asOf) {

	public ModelCard {
		if (contextWindow != null && contextWindow <= 0) {
			throw new IllegalArgumentException("A context window must be positive, but was " + contextWindow);
		}
		if (maxOutputTokens != null && maxOutputTokens <= 0) {
			throw new IllegalArgumentException("An output limit must be positive, but was " + maxOutputTokens);
		}
		if (output.isEmpty()) {
			throw new IllegalArgumentException("The answers of a model must be made of something");
		}
		if (Boolean.TRUE.equals(parallelTools) && !tools) {
			throw new IllegalArgumentException("A model that calls no tools cannot call several");
		}
		input = Set.copyOf(input);
		output = Set.copyOf(output);
	}

	/**
	 * The card of a model that answers in text. Whether it calls several tools at once,
	 * and when it goes, is not known.
	 * @param contextWindow the most tokens of input and output together
	 * @param maxOutputTokens the most output tokens of one answer
	 * @param input the kinds of content it accepts
	 * @param tools whether it calls tools
	 * @param structuredOutput whether it keeps to a JSON schema by itself
	 * @param reasoning whether it thinks before it answers
	 * @param prefill whether it goes on from a beginning of its own answer
	 * @param price what its tokens cost
	 * @param source where these facts come from
	 * @param asOf when they were read there
	 */
	public ModelCard(@Nullable Integer contextWindow, @Nullable Integer maxOutputTokens, Set<Modality> input,
			boolean tools, boolean structuredOutput, boolean reasoning, boolean prefill, @Nullable Price price,
			String source, LocalDate asOf) {
		this(contextWindow, maxOutputTokens, input, Set.of(Modality.TEXT), tools, null, structuredOutput, reasoning,
				prefill, price, null, source, asOf);
	}

}
