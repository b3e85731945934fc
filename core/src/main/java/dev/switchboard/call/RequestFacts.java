package dev.switchboard.call;

import java.util.EnumSet;
import java.util.Set;

import dev.switchboard.cost.Modality;
import org.jspecify.annotations.Nullable;

/**
 * What rules and the choice of a target may know of a request; never its content.
 *
 * @param images how many pictures the messages carry
 * @param audio how many sounds the messages carry
 * @param files how many documents the messages carry
 * @param inputTokens the estimated input tokens
 * @param tools how many tools are offered
 * @param outputSchema whether the answer must keep to a JSON schema
 * @param maxOutputTokens the most output tokens that the caller allows, of all candidates
 * together; {@code null} if he sets no bound
 */
public record RequestFacts(int images, int audio, int files, int inputTokens, int tools, boolean outputSchema,
		@Nullable Long maxOutputTokens) {

	/**
	 * Facts of a request that sets no bound for the answer.
	 * @param images how many pictures the messages carry
	 * @param audio how many sounds the messages carry
	 * @param files how many documents the messages carry
	 * @param inputTokens the estimated input tokens
	 * @param tools how many tools are offered
	 * @param outputSchema whether the answer must keep to a JSON schema
	 */
	public RequestFacts(int images, int audio, int files, int inputTokens, int tools, boolean outputSchema) {
		this(images, audio, files, inputTokens, tools, outputSchema, null);
	}

	/**
	 * The kinds of content that a target must accept, beside text.
	 * @return the kinds; empty for text alone
	 */
	public Set<Modality> modalities() {
		Set<Modality> modalities = EnumSet.noneOf(Modality.class);
		if (this.images > 0) {
			modalities.add(Modality.IMAGE);
		}
		if (this.audio > 0) {
			modalities.add(Modality.AUDIO);
		}
		if (this.files > 0) {
			modalities.add(Modality.FILE);
		}
		return modalities;
	}

}
