package dev.switchboard.cost;

import java.time.LocalDate;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ModelCardTests {

	@Test
	void ofALittleKnownModelOnlyTextIsExpected() {
		ModelCard card = new ModelCard(null, null, Set.of(Modality.TEXT, Modality.IMAGE), true, false, false, false,
				null, "test", LocalDate.EPOCH);

		assertThat(card.output()).containsExactly(Modality.TEXT);
		assertThat(card.parallelTools()).isNull();
		assertThat(card.deprecated()).isNull();
	}

	@Test
	void anAnswerIsMadeOfSomething() {
		assertThatIllegalArgumentException().isThrownBy(() -> card(Set.of(), true, null))
			.withMessage("The answers of a model must be made of something");
	}

	@Test
	void whoCallsSeveralToolsCallsTools() {
		assertThatIllegalArgumentException().isThrownBy(() -> card(Set.of(Modality.TEXT), false, true))
			.withMessage("A model that calls no tools cannot call several");
		assertThat(card(Set.of(Modality.TEXT), false, false).parallelTools()).isFalse();
	}

	private static ModelCard card(Set<Modality> output, boolean tools, @Nullable Boolean parallelTools) {
		return new ModelCard(null, null, Set.of(Modality.TEXT), output, tools, parallelTools, false, false, false, null,
				null, "test", LocalDate.EPOCH);
	}

}
