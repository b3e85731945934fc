package dev.switchboard.gateway.wire.anthropic;

import java.io.IOException;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.ErrorResponse;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AnthropicErrorsTests {

	private final AnthropicMessagesWire wire = new AnthropicMessagesWire();

	@ParameterizedTest
	@CsvSource({ "400, invalid_request_error", "401, authentication_error", "402, billing_error",
			"403, permission_error", "404, not_found_error", "409, invalid_request_error", "413, request_too_large",
			"422, invalid_request_error", "429, rate_limit_error", "500, api_error", "502, api_error",
			"503, overloaded_error", "504, timeout_error", "529, overloaded_error" })
	void theStatusIsTheType(int status, String type) throws IOException {
		byte[] body = this.wire.error(new GatewayError(status, "some_code", "What and why", null, null, "req-1"));

		ErrorResponse response = ObjectMappers.jsonMapper().readValue(body, ErrorResponse.class);
		if (status != 413) {
			// Anthropic documents that one, but its library does not know it.
			response.validate();
		}
		assertThat(response.requestId()).contains("req-1");
		JsonNode error = json(body).path("error");
		assertThat(error.path("type").asString()).isEqualTo(type);
		assertThat(error.path("message").asString()).isEqualTo("What and why");
		assertThat(error.at("/details/error_code").asString()).isEqualTo("some_code");
	}

	@Test
	void aPromptThatIsTooLongIsToldInTheWordsThatClientsLookFor() {
		assertThat(messageOf("prompt is too long: 200001 tokens > 200000 maximum"))
			.isEqualTo("prompt is too long: 200001 tokens > 200000 maximum");
		assertThat(messageOf("This model's maximum context length is 128000 tokens."))
			.isEqualTo("prompt is too long: This model's maximum context length is 128000 tokens.");
	}

	@Test
	void aRefusedThreadCarriesTheCodeThatTheToolRunnerLooksFor() {
		RefusedRequestException refused = catchThrowableOfType(RefusedRequestException.class,
				() -> this.wire.read(Sdk.request("""
						{"model": "code", "max_tokens": 1, "thread": {"type": "create"},
						 "messages": [{"role": "user", "content": "Hi"}]}
						"""), ToolCallMemory.NONE));

		JsonNode error = json(AnthropicErrors.write(refused.toError("req-1"))).path("error");
		assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
		assertThat(error.at("/details/error_code").asString()).isEqualTo("thread_unsupported_request");
	}

	private static String messageOf(String message) {
		GatewayError error = new GatewayError(400, "context_length_exceeded", message, null, null, "req-1");
		return json(AnthropicErrors.write(error)).at("/error/message").asString();
	}

	private static JsonNode json(byte[] body) {
		return Sdk.request(Said.utf8(body));
	}

}
