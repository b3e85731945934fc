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
 * @param tools whether it calls tools
 * @param structuredOutput whether it keeps to a JSON schema by itself
 * @param reasoning whether it thinks before it answers
 * @param prefill whether it goes on from a beginning of its own answer, given as the last
 * message
 * @param price what its tokens cost; {@code null} if unknown
 * @param source where these facts come from
 * @param asOf when they were read there
 */
public record ModelCard(@Nullable Integer contextWindow, @Nullable Integer maxOutputTokens, Set<Modality> input,
		boolean tools, boolean structuredOutput, boolean reasoning, boolean prefill, @Nullable Price price,
		String source, LocalDate asOf) {

	public ModelCard {
		if (contextWindow != null && contextWindow <= 0) {
			throw new IllegalArgumentException("A context window must be positive, but was " + contextWindow);
		}
		if (maxOutputTokens != null && maxOutputTokens <= 0) {
			throw new IllegalArgumentException("An output limit must be positive, but was " + maxOutputTokens);
		}
		input = Set.copyOf(input);
	}

}
