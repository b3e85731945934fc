package dev.switchboard.catalog;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import org.jspecify.annotations.Nullable;

/**
 * One model as the catalog's text has it.
 *
 * @param aliases further names under which the provider serves the same model
 * @param output the kinds of content it answers with; text if left out
 */
record CatalogEntry(@Nullable List<String> aliases, @Nullable Integer contextWindow, @Nullable Integer maxOutputTokens,
		@JsonProperty(required = true) Set<Modality> input, @Nullable Set<Modality> output,
		@JsonProperty(required = true) boolean tools, @Nullable Boolean parallelTools,
		@JsonProperty(required = true) boolean structuredOutput, @JsonProperty(required = true) boolean reasoning,
		@JsonProperty(required = true) boolean prefill, @Nullable PriceEntry price, @Nullable LocalDate deprecated,
		@JsonProperty(required = true) String source, @JsonProperty(required = true) LocalDate asOf) {

	CatalogEntry {
		aliases = (aliases != null) ? List.copyOf(aliases) : List.of();
	}

	ModelCard card() {
		return new ModelCard(this.contextWindow, this.maxOutputTokens, this.input,
				(this.output != null) ? this.output : Set.of(Modality.TEXT), this.tools, this.parallelTools,
				this.structuredOutput, this.reasoning, this.prefill, (this.price != null) ? this.price.price() : null,
				this.deprecated, this.source, this.asOf);
	}

	/**
	 * US dollars for a million tokens. Input tokens that are read from or written to the
	 * provider's cache cost what any other does, unless it says otherwise.
	 */
	record PriceEntry(@JsonProperty(required = true) String input, @Nullable String cachedInput,
			@Nullable String cacheWrite, @JsonProperty(required = true) String output,
			@Nullable List<LongInputEntry> longInput) {

		Price price() {
			List<Price.LongInput> steps = new ArrayList<>();
			if (this.longInput != null) {
				this.longInput.forEach((step) -> steps.add(step.price()));
			}
			return new Price(Money.ofUsd(this.input), ofUsd(this.cachedInput, this.input),
					ofUsd(this.cacheWrite, this.input), Money.ofUsd(this.output), steps);
		}

		private static Money ofUsd(@Nullable String usd, String otherwise) {
			return Money.ofUsd((usd != null) ? usd : otherwise);
		}

	}

	/**
	 * The price of an attempt whose input is longer than some number of tokens.
	 */
	record LongInputEntry(@JsonProperty(required = true) long aboveInputTokens,
			@JsonProperty(required = true) String input, @Nullable String cachedInput, @Nullable String cacheWrite,
			@JsonProperty(required = true) String output) {

		Price.LongInput price() {
			return new Price.LongInput(this.aboveInputTokens,
					new PriceEntry(this.input, this.cachedInput, this.cacheWrite, this.output, null).price());
		}

	}

}
