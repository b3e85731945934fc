package dev.switchboard.gateway.wire.anthropic;

import dev.switchboard.gateway.wire.RefusedRequestException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AnthropicTokenCountTests {

	private static final String TEXT = "word ".repeat(80);

	@Test
	void theTokensOfAConversationAreEstimated() {
		long tokens = count("{\"messages\": [{\"role\": \"user\", \"content\": \"" + TEXT + "\"}]}");

		assertThat(tokens).isBetween(100L, 110L);
	}

	@Test
	void instructionsToolsAndSchemasCount() {
		String messages = "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]";
		long bare = count("{" + messages + "}");

		assertThat(count("{" + messages + ", \"system\": \"" + TEXT + "\"}")).isGreaterThan(bare + 90);
		assertThat(
				count("{" + messages + ", \"tools\": [{\"type\": \"web_search_20250305\", \"name\": \"web_search\"}, "
						+ "{\"name\": \"a\", \"description\": \"" + TEXT + "\", \"input_schema\": {}}]}"))
			.isGreaterThan(bare + 90);
		assertThat(count("{" + messages + ", \"output_config\": {\"format\": {\"type\": \"json_schema\", \"schema\": "
				+ "{\"description\": \"" + TEXT + "\"}}}}"))
			.isGreaterThan(bare + 90);
	}

	@Test
	void whatClaudeCodeSendsIsCounted() {
		assertThat(count(ClaudeCode.FIRST)).isGreaterThan(50);
		assertThat(count("{\"messages\": [{\"role\": \"assistant\", \"content\": \"A beginning\"}]}")).isPositive();
	}

	@Test
	void whatIsMalformedIsRefused() {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> count("{\"messages\": 1}"))
			.satisfies((refused) -> assertThat(refused.param()).isEqualTo("messages"));
	}

	private static long count(String request) {
		var answer = Sdk.request(Said.utf8(AnthropicTokenCount.write(Sdk.request(request))));
		assertThat(answer.propertyNames()).containsExactly("input_tokens");
		return answer.path("input_tokens").asLong();
	}

}
