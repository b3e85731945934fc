package dev.switchboard.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.RequestFacts;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt may cost at the dearest of some targets, before anybody knows how long
 * the answer will be.
 *
 * @param amount the amount; {@code null} if the price of none of them is known
 * @param unpriced those of unknown price
 */
record Estimate(@Nullable Money amount, List<ModelId> unpriced) {

	/** The output tokens that are reckoned with where nobody sets a bound. */
	static final long DEFAULT_OUTPUT_TOKENS = 4096;

	/** More than any model takes or gives; keeps the arithmetic from running over. */
	private static final long MOST_TOKENS = 10_000_000;

	static Estimate of(List<Target> targets, RequestFacts facts, ModelCatalog catalog) {
		Money most = null;
		List<ModelId> unpriced = new ArrayList<>(0);
		for (Target target : targets) {
			ModelCard card = catalog.find(target.model());
			if (card == null || card.price() == null) {
				unpriced.add(target.model());
				continue;
			}
			long output = outputBound(target, facts, card);
			Money cost = card.price()
				.of(TokenUsage.of(Math.min(MOST_TOKENS, facts.inputTokens()), Math.min(MOST_TOKENS, output)));
			most = (most == null || cost.compareTo(most) > 0) ? cost : most;
		}
		return new Estimate(most, unpriced);
	}

	private static long outputBound(Target target, RequestFacts facts, ModelCard card) {
		Long asked = facts.maxOutputTokens();
		if (asked != null) {
			return asked;
		}
		Long configured = configured(target.options());
		if (configured != null) {
			return configured;
		}
		Integer most = card.maxOutputTokens();
		return (most != null) ? Math.min(most, DEFAULT_OUTPUT_TOKENS) : DEFAULT_OUTPUT_TOKENS;
	}

	private static @Nullable Long configured(Map<String, Object> options) {
		if (options.isEmpty()) {
			return null;
		}
		for (String name : List.of("max-tokens", "max-completion-tokens", "max-output-tokens")) {
			Object value = options.get(name);
			if (value != null) {
				try {
					return Math.max(0, Long.parseLong(value.toString().strip()));
				}
				catch (NumberFormatException ex) {
					// The target's own check says so.
				}
			}
		}
		return null;
	}

}
