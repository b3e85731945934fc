package dev.switchboard.cost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ModelIdTests {

	@Test
	void theFirstSlashSplits() {
		assertThat(ModelId.parse("together/meta-llama/Llama-4-Scout"))
			.isEqualTo(new ModelId("together", "meta-llama/Llama-4-Scout"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt-4o", "/gpt-4o", "openai/", "", "/" })
	void whatIsNotProviderAndModelIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ModelId.parse(text))
			.withMessage("A target is written 'provider/model', but found '" + text + "'");
	}

}
