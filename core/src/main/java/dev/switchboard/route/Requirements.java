package dev.switchboard.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;

/**
 * What every target of a route must be able to do, by the model catalog.
 *
 * @param contextWindow the least context window in tokens; 0 asks for none
 * @param input the kinds of content it must accept
 * @param output the kinds of content it must answer with
 * @param tools whether it must call tools
 * @param parallelTools whether one answer must be able to call several tools
 * @param structuredOutput whether it must keep to a JSON schema
 */
public record Requirements(int contextWindow, Set<Modality> input, Set<Modality> output, boolean tools,
		boolean parallelTools, boolean structuredOutput) {

	/** Nothing in particular. */
	public static final Requirements NONE = new Requirements(0, Set.of(), Set.of(), false, false, false);

	public Requirements {
		if (contextWindow < 0) {
			throw new IllegalArgumentException("A context window must not be negative, but was " + contextWindow);
		}
		input = Set.copyOf(input);
		output = Set.copyOf(output);
	}

	/**
	 * Why a model does not meet these requirements.
	 * @param card what the catalog says of it
	 * @return each requirement it misses, in words; empty if it meets all
	 */
	public List<String> missedBy(ModelCard card) {
		List<String> missed = new ArrayList<>();
		Integer window = card.contextWindow();
		if (this.contextWindow > 0 && window != null && window < this.contextWindow) {
			missed.add("a context window of " + this.contextWindow + " tokens (it has " + window + ")");
		}
		missing(this.input, card.input()).forEach((modality) -> missed.add(modality + " input"));
		missing(this.output, card.output()).forEach((modality) -> missed.add(modality + " output"));
		if (this.tools && !card.tools()) {
			missed.add("tools");
		}
		// Unknown is not 'can'.
		if (this.parallelTools && !Boolean.TRUE.equals(card.parallelTools())) {
			missed.add("parallel tools" + ((card.parallelTools() == null) ? " (nothing is known of them)" : ""));
		}
		if (this.structuredOutput && !card.structuredOutput()) {
			missed.add("structured output");
		}
		return missed;
	}

	private static List<String> missing(Set<Modality> required, Set<Modality> available) {
		return required.stream()
			.filter((modality) -> !available.contains(modality))
			.sorted()
			.map((modality) -> modality.name().toLowerCase(Locale.ROOT))
			.toList();
	}

}
