package dev.switchboard.autoconfigure;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogMapperTests {

	private static final ModelId KNOWN = ModelId.parse("openai/known");

	private static final ModelCard CARD = new ModelCard(1000, 100, Set.of(Modality.TEXT), true, true, false, false,
			new Price(Money.ofUsd("1"), Money.ofUsd("1"), Money.ofUsd("1"), Money.ofUsd("2")), "a page",
			LocalDate.of(2026, 1, 2));

	private final Problems problems = new Problems();

	@Test
	void aCorrectionLeavesTheRestAsItIs() {
		ModelCatalog catalog = map(Map.of("models[0].model", "openai/known", "models[0].context-window", "2000"));
		assertThat(catalog.find(KNOWN)).isEqualTo(new ModelCard(2000, 100, Set.of(Modality.TEXT), true, true, false,
				false, CARD.price(), "a page", LocalDate.of(2026, 1, 2)));
	}

	@Test
	void anAdditionNeedsNothingButItsName() {
		ModelCard card = map(Map.of("models[0].model", "my-vllm/qwen3")).find(ModelId.parse("my-vllm/qwen3"));
		assertThat(card).isNotNull();
		assertThat(card.price()).isNull();
		assertThat(card.contextWindow()).isNull();
		assertThat(card.input()).containsExactly(Modality.TEXT);
	}

	@Test
	void cachedTokensCostWhatOthersDoUnlessSaidOtherwise() {
		Price price = price(Map.of("input", "0.10", "output", "0.25", "cached-input", "0.01"));
		assertThat(price)
			.isEqualTo(new Price(Money.ofUsd("0.1"), Money.ofUsd("0.01"), Money.ofUsd("0.1"), Money.ofUsd("0.25")));
	}

	@Test
	void longInputMayHaveItsOwnPrice() {
		Price price = price(Map.of("input", "1", "output", "2", "long-input[0].above-input-tokens", "200000",
				"long-input[0].input", "3", "long-input[0].output", "4"));
		assertThat(price.longInput()).containsExactly(new Price.LongInput(200_000,
				new Price(Money.ofUsd("3"), Money.ofUsd("3"), Money.ofUsd("3"), Money.ofUsd("4"))));
	}

	@Test
	void aModelIsDescribedOnce() {
		map(Map.of("models[0].model", "openai/known", "models[1].model", "openai/known"));
		assertThat(this.problems.all()).extracting(ConfigurationProblem::property)
			.containsExactly("switchboard.catalog.models[1]");
	}

	@Test
	void aModelNamesItsProvider() {
		map(Map.of("models[0].model", "known"));
		assertThat(this.problems.all()).extracting(ConfigurationProblem::property)
			.containsExactly("switchboard.catalog.models[0].model");
	}

	@Test
	void whatAModelAnswersWithAndWhenItGoesMayBeCorrected() {
		ModelCard card = map(Map.of("models[0].model", "openai/known", "models[0].output", "text,image",
				"models[0].parallel-tools", "true", "models[0].deprecated", "2027-03-04"))
			.find(KNOWN);
		assertThat(card).isEqualTo(
				new ModelCard(1000, 100, Set.of(Modality.TEXT), Set.of(Modality.TEXT, Modality.IMAGE), true, true, true,
						false, false, CARD.price(), LocalDate.of(2027, 3, 4), "a page", LocalDate.of(2026, 1, 2)));
	}

	@Test
	void aCorrectionOfSomethingElseLeavesThemAsTheyAre() {
		ModelCard known = new ModelCard(null, null, Set.of(Modality.TEXT), Set.of(Modality.AUDIO), true, true, false,
				false, false, null, LocalDate.of(2027, 3, 4), "a page", LocalDate.of(2026, 1, 2));
		ModelCard card = map(known, Map.of("models[0].model", "openai/known", "models[0].reasoning", "true"));
		assertThat(card.output()).containsExactly(Modality.AUDIO);
		assertThat(card.parallelTools()).isTrue();
		assertThat(card.deprecated()).isEqualTo("2027-03-04");
	}

	@Test
	void whoCallsNoToolsAfterACorrectionDoesNotCallSeveral() {
		ModelCard known = new ModelCard(null, null, Set.of(Modality.TEXT), Set.of(Modality.TEXT), true, true, false,
				false, false, null, null, "a page", LocalDate.of(2026, 1, 2));
		assertThat(map(known, Map.of("models[0].model", "openai/known", "models[0].tools", "false")).parallelTools())
			.isFalse();
	}

	@Test
	void noToolsAtAllAndSeveralAtOnceIsAContradiction() {
		map(Map.of("models[0].model", "openai/known", "models[0].tools", "false", "models[0].parallel-tools", "true"));
		assertThat(this.problems.all()).hasToString("[Property 'switchboard.catalog.models[0]' cannot be used: A model "
				+ "that calls no tools cannot call several. Action: correct it.]");
	}

	private Price price(Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		source.put("switchboard.catalog.models[0].model", "openai/known");
		values.forEach((name, value) -> source.put("switchboard.catalog.models[0].price." + name, value));
		ModelCard card = map(source).find(KNOWN);
		assertThat(card).isNotNull();
		assertThat(card.price()).isNotNull();
		return card.price();
	}

	private ModelCatalog map(Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put("switchboard.catalog." + name, value));
		return map(source);
	}

	private ModelCard map(ModelCard known, Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put("switchboard.catalog." + name, value));
		ModelCard card = map(known, source).find(KNOWN);
		assertThat(card).isNotNull();
		return card;
	}

	private ModelCatalog map(MapConfigurationPropertySource source) {
		return map(CARD, source);
	}

	private ModelCatalog map(ModelCard known, MapConfigurationPropertySource source) {
		return new CatalogMapper(new ModelCatalog(Map.of(KNOWN, known)), this.problems)
			.map(new Binder(source).bindOrCreate("switchboard", SwitchboardProperties.class).catalog().models());
	}

}
