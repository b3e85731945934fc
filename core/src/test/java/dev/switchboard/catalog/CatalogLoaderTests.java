package dev.switchboard.catalog;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CatalogLoaderTests {

	private static final String ENTRY = """
			{ "models": { "acme/one": {
			  "aliases": ["acme/one-2026"], "context-window": 1000, "input": ["text", "image"],
			  "output": ["text", "audio"], "tools": true, "parallel-tools": false, "structured-output": false, "reasoning": true, "prefill": false,
			  "price": { "input": "2.50", "output": "10",
			    "long-input": [{ "above-input-tokens": 500, "input": "5", "cached-input": "1", "output": "20" }] },
			  "deprecated": "2027-01-02", "source": "https://acme.example/models", "as-of": "2026-11-21" } } }
			""";

	private final ModelCatalog catalog = CatalogLoader.load();

	@ParameterizedTest
	@ValueSource(strings = { "openai/gpt-4o", "openai/gpt-5.4", "openai/gpt-5.4-mini", "anthropic/claude-opus-4.7",
			"anthropic/claude-opus-4-7", "anthropic/claude-sonnet-4.6", "anthropic/claude-haiku-4-5",
			"google/gemini-3.1-pro", "google/gemini-3-flash", "xai/grok-4.1", "deepseek/deepseek-v3.2",
			"deepseek/deepseek-v4-flash", "deepseek/deepseek-v4-pro", "groq/llama-3.3-70b-versatile", "qwen/qwen3-max",
			"moonshot/kimi-k2", "zhipu/glm-4.6", "zhipu/glm-5", "doubao/doubao-seed-2-0-pro", "ollama/llama3.3",
			"mistral/mistral-large-latest", "together/meta-llama/Llama-3.3-70B-Instruct-Turbo",
			"fireworks/accounts/fireworks/models/gpt-oss-120b", "deepinfra/deepseek-ai/DeepSeek-V3.2",
			"openrouter/anthropic/claude-sonnet-4.6" })
	void theUsualModelsAreKnown(String id) {
		assertThat(this.catalog.find(ModelId.parse(id))).isNotNull();
	}

	@Test
	void everyWellKnownProviderHasModels() {
		assertThat(this.catalog.models().keySet()).extracting(ModelId::provider)
			.containsOnly("openai", "anthropic", "google", "mistral", "xai", "deepseek", "groq", "together",
					"fireworks", "deepinfra", "openrouter", "qwen", "moonshot", "zhipu", "doubao", "ollama");
	}

	@Test
	void everyFactHasASourceAndADate() {
		assertThat(this.catalog.models()).allSatisfy((id, card) -> {
			assertThat(card.source()).contains("https://");
			assertThat(card.asOf()).isBetween(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1));
		});
	}

	@Test
	void everyCardIsPlausible() {
		assertThat(this.catalog.models()).allSatisfy((id, card) -> {
			assertThat(card.input()).contains(Modality.TEXT);
			assertThat(card.output()).isNotEmpty();
			if (Boolean.TRUE.equals(card.parallelTools())) {
				assertThat(card.tools()).isTrue();
			}
			if (card.deprecated() != null) {
				assertThat(card.deprecated()).isBetween(card.asOf().minusYears(10), card.asOf().plusYears(5));
			}
			if (card.contextWindow() != null) {
				assertThat(card.contextWindow()).isBetween(16_000, 10_000_000);
			}
			if (card.maxOutputTokens() != null && card.contextWindow() != null) {
				assertThat(card.maxOutputTokens()).isBetween(2_000, card.contextWindow());
			}
		});
	}

	@Test
	void everyPriceIsPlausible() {
		assertThat(this.catalog.models().values()).extracting(ModelCard::price)
			.filteredOn(Objects::nonNull)
			.hasSizeGreaterThan(100)
			.allSatisfy((price) -> {
				assertPlausible(price);
				Price before = price;
				for (Price.LongInput step : price.longInput()) {
					assertPlausible(step.price());
					assertThat(step.price().input()).isGreaterThan(before.input());
					before = step.price();
				}
			});
	}

	private static void assertPlausible(Price price) {
		assertThat(price.input()).isBetween(Money.ZERO, Money.ofUsd("50"));
		assertThat(price.cachedInput()).isBetween(Money.ZERO, price.input());
		assertThat(price.output()).isBetween(price.input(), Money.ofUsd("250"));
	}

	@ParameterizedTest
	@CsvSource({ "claude-haiku-4-5, true", "claude-sonnet-4-5, true", "claude-opus-4-5, true",
			"claude-sonnet-4-6, false", "claude-opus-4-6, false", "claude-opus-4-7, false", "claude-opus-4.7, false",
			"claude-sonnet-5, false" })
	void claudeModelsFromFourSixOnRefuseAPrefill(String model, boolean prefill) {
		assertThat(card("anthropic/" + model).prefill()).isEqualTo(prefill);
	}

	@Test
	void noOtherModelIsSaidToGoOnFromAPrefill() {
		assertThat(this.catalog.models().entrySet()).filteredOn((entry) -> entry.getValue().prefill())
			.extracting((entry) -> entry.getKey().provider())
			.containsOnly("anthropic");
	}

	@Test
	void deepSeekSeesNoPictures() {
		assertThat(this.catalog.models()).allSatisfy((id, card) -> {
			if (id.provider().equals("deepseek")) {
				assertThat(card.input()).containsExactly(Modality.TEXT);
			}
		});
	}

	@Test
	void theSameModelUnderAnotherNameHasTheSameCard() {
		assertThat(card("anthropic/claude-opus-4.7")).isSameAs(card("anthropic/claude-opus-4-7"));
	}

	@Test
	void theCostOfACallIsKnown() {
		assertThat(this.catalog.costOf(ModelId.parse("openai/gpt-4o"), TokenUsage.of(1_000_000, 100_000)).amount())
			.isEqualTo(Money.ofUsd("3.50"));
	}

	@Test
	void anEntryIsReadWhole() {
		ModelCatalog read = read(ENTRY);
		Price dearer = new Price(Money.ofUsd("5"), Money.ofUsd("1"), Money.ofUsd("5"), Money.ofUsd("20"));
		Price price = new Price(Money.ofUsd("2.50"), Money.ofUsd("2.50"), Money.ofUsd("2.50"), Money.ofUsd("10"),
				List.of(new Price.LongInput(500, dearer)));
		ModelCard card = new ModelCard(1000, null, Set.of(Modality.TEXT, Modality.IMAGE),
				Set.of(Modality.TEXT, Modality.AUDIO), true, false, false, true, false, price, LocalDate.of(2027, 1, 2),
				"https://acme.example/models", LocalDate.of(2026, 11, 21));
		assertThat(read.models())
			.isEqualTo(Map.of(ModelId.parse("acme/one"), card, ModelId.parse("acme/one-2026"), card));
	}

	@Test
	void whatNoSourceTellsIsUnknown() {
		ModelCard card = read(ENTRY.replace("\"output\": [\"text\", \"audio\"],", "")
			.replace("\"parallel-tools\": false,", "")
			.replace("\"deprecated\": \"2027-01-02\",", "")).find(ModelId.parse("acme/one"));
		assertThat(card).isNotNull();
		assertThat(card.output()).containsExactly(Modality.TEXT);
		assertThat(card.parallelTools()).isNull();
		assertThat(card.deprecated()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "openai/gpt-5.4, true", "anthropic/claude-opus-4-7, true", "openai/o3, false", "qwen/qwen3-max," })
	void whoCallsSeveralToolsAtOnceIsKnownOfSome(String model, @Nullable Boolean parallelTools) {
		assertThat(card(model).parallelTools()).isEqualTo(parallelTools);
	}

	@ParameterizedTest
	@CsvSource({ "openai/o4-mini, 2026-10-23", "openai/gpt-4o-2024-08-06, 2027-01-14",
			"google/gemini-2.0-flash, 2026-06-01", "openai/gpt-5.4," })
	void whenAModelGoesIsKnownWhereItsProviderSaidSo(String model, @Nullable LocalDate deprecated) {
		assertThat(card(model).deprecated()).isEqualTo(deprecated);
	}

	@ParameterizedTest
	@MethodSource
	void aMisspeltOrMissingFactIsRefused(String right, String wrong) {
		String text = ENTRY.replace(right, wrong);
		assertThat(text).isNotEqualTo(ENTRY);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(text));
	}

	static Stream<Arguments> aMisspeltOrMissingFactIsRefused() {
		return Stream.of(arguments("\"reasoning\"", "\"reasonning\""), arguments("\"context-window\"", "\"window\""),
				arguments("\"tools\": true,", ""), arguments("\"image\"", "\"imgae\""),
				arguments("\"audio\"", "\"sound\""), arguments("\"parallel-tools\"", "\"parallel\""),
				arguments("\"2027-01-02\"", "\"soon\""), arguments("\"source\": \"https://acme.example/models\",", ""));
	}

	@Test
	void aModelThatIsThereTwiceIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> read(ENTRY.replace("one-2026", "one")))
			.withMessageContaining("'acme/one' twice");
	}

	private ModelCard card(String id) {
		return Objects.requireNonNull(this.catalog.find(ModelId.parse(id)), id);
	}

	private static ModelCatalog read(String text) {
		return CatalogLoader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

}
