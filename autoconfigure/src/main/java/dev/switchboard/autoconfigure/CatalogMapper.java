package dev.switchboard.autoconfigure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.autoconfigure.SwitchboardProperties.Model;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.cost.Price.LongInput;
import org.jspecify.annotations.Nullable;

/**
 * Puts the models of the configuration on top of the built-in catalog.
 */
final class CatalogMapper {

	// Somebody who adds a model of his own would be surprised if it could do nothing.
	private static final ModelCard UNKNOWN_MODEL = new ModelCard(null, null, Set.of(Modality.TEXT), true, false, false,
			false, null, "configuration", LocalDate.EPOCH);

	private final ModelCatalog builtIn;

	private final Problems problems;

	CatalogMapper(ModelCatalog builtIn, Problems problems) {
		this.builtIn = builtIn;
		this.problems = problems;
	}

	ModelCatalog map(List<Model> models) {
		Map<ModelId, ModelCard> corrections = new LinkedHashMap<>();
		for (int i = 0; i < models.size(); i++) {
			Model model = models.get(i);
			String property = "switchboard.catalog.models[" + i + "]";
			String name = model.model();
			if (name != null && !name.isBlank()) {
				ModelId id = this.problems.check(property + ".model",
						"write the provider before the model, such as 'openai/gpt-5.4-mini'",
						() -> ModelId.parse(name));
				ModelCard card = (id != null) ? this.problems.check(property, "correct it", () -> card(id, model))
						: null;
				if (id != null && card != null && corrections.put(id, card) != null) {
					this.problems.add(property, "describes " + id + " once more", "remove one of the two");
				}
			}
		}
		return this.builtIn.with(corrections);
	}

	private ModelCard card(ModelId id, Model model) {
		ModelCard known = either(this.builtIn.find(id), UNKNOWN_MODEL);
		return new ModelCard((model.contextWindow() != null) ? model.contextWindow() : known.contextWindow(),
				(model.maxOutputTokens() != null) ? model.maxOutputTokens() : known.maxOutputTokens(),
				either(model.input(), known.input()), either(model.output(), known.output()),
				either(model.tools(), known.tools()), parallelTools(model, known),
				either(model.structuredOutput(), known.structuredOutput()),
				either(model.reasoning(), known.reasoning()), either(model.prefill(), known.prefill()),
				(model.price() != null) ? price(model.price()) : known.price(),
				(model.deprecated() != null) ? model.deprecated() : known.deprecated(), known.source(), known.asOf());
	}

	private static @Nullable Boolean parallelTools(Model model, ModelCard known) {
		if (model.parallelTools() != null) {
			return model.parallelTools();
		}
		// Who says that a model calls no tools has said that it does not call several.
		return Boolean.FALSE.equals(model.tools()) ? Boolean.FALSE : known.parallelTools();
	}

	private static @Nullable Price price(SwitchboardProperties.Price price) {
		List<LongInput> longInput = new ArrayList<>();
		for (SwitchboardProperties.LongInput step : price.longInput()) {
			Price above = price(step.input(), step.cachedInput(), step.cacheWrite(), step.output(), List.of());
			if (above != null) {
				longInput.add(new LongInput(step.aboveInputTokens(), above));
			}
		}
		return price(price.input(), price.cachedInput(), price.cacheWrite(), price.output(), longInput);
	}

	private static @Nullable Price price(@Nullable BigDecimal input, @Nullable BigDecimal cachedInput,
			@Nullable BigDecimal cacheWrite, @Nullable BigDecimal output, List<LongInput> longInput) {
		if (input == null || output == null) {
			// Reported by the validation.
			return null;
		}
		return new Price(money(input), money(either(cachedInput, input)), money(either(cacheWrite, input)),
				money(output), longInput);
	}

	private static Money money(BigDecimal usd) {
		return Money.ofUsd(usd.toPlainString());
	}

	private static <T> T either(@Nullable T own, T inherited) {
		return (own != null) ? own : inherited;
	}

}
