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
 * @param tools whether it must call tools
 * @param structuredOutput whether it must keep to a JSON schema
 */
public record Requirements(int contextWindow, Set<Modality> input, boolean tools, boolean structuredOutput) {

	/** Nothing in particular. */
	public static final Requirements NONE = new Requirements(0, Set.of(), false, false);

	public Requirements {
		if (contextWindow < 0) {
			throw new IllegalArgumentException("A context window must not be negative, but was " + contextWindow);
		}
		input = Set.copyOf(input);
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
		this.input.stream()
			.filter((modality) -> !card.input().contains(modality))
			.sorted()
			.forEach((modality) -> missed.add(modality.name().toLowerCase(Locale.ROOT) + " input"));
		if (this.tools && !card.tools()) {
			missed.add("tools");
		}
		if (this.structuredOutput && !card.structuredOutput()) {
			missed.add("structured output");
		}
		return missed;
	}

}
