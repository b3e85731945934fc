package dev.switchboard.cost;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the models, by {@code provider/model}.
 *
 * @param models the cards
 */
public record ModelCatalog(Map<ModelId, ModelCard> models) {

	/** A catalog that knows no model. */
	public static final ModelCatalog EMPTY = new ModelCatalog(Map.of());

	public ModelCatalog {
		models = Map.copyOf(models);
	}

	/**
	 * The card of a model.
	 * @param id the model
	 * @return the card, or {@code null} if nothing is known of it
	 */
	public @Nullable ModelCard find(ModelId id) {
		return this.models.get(id);
	}

	/**
	 * The card of a model that may go by the same name elsewhere: one that is not known
	 * at its provider, such as a company's own proxy, is taken for its maker's.
	 * @param id the model
	 * @param maker the provider whose models are served there
	 * @return the card, or {@code null} if nothing is known of either
	 */
	public @Nullable ModelCard find(ModelId id, String maker) {
		ModelCard card = find(id);
		return (card != null) ? card : find(new ModelId(maker, id.model()));
	}

	/**
	 * This catalog with some cards added or replaced.
	 * @param corrections the cards that win
	 * @return a new catalog
	 */
	public ModelCatalog with(Map<ModelId, ModelCard> corrections) {
		Map<ModelId, ModelCard> all = new LinkedHashMap<>(this.models);
		all.putAll(corrections);
		return new ModelCatalog(all);
	}

	/**
	 * The cost of some usage of a model.
	 * @param id the model
	 * @param usage the tokens; {@code null} if nobody counted them
	 * @return the cost, unknown unless both the price and the usage are known
	 */
	public Cost costOf(ModelId id, @Nullable TokenUsage usage) {
		ModelCard card = find(id);
		Price price = (card != null) ? card.price() : null;
		return (price != null && usage != null) ? new Cost(price.of(usage)) : Cost.UNKNOWN;
	}

}
