package dev.switchboard.gateway.wire.openai;

import java.time.Duration;

import com.openai.models.ErrorObject;
import dev.switchboard.gateway.wire.GatewayError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors as OpenAI's own library reads them. */
class OpenAiErrorsTests {

	@ParameterizedTest
	@CsvSource({ "400,context_length_exceeded,invalid_request_error", "401,key_invalid,authentication_error",
			"402,insufficient_quota,insufficient_quota", "403,model_not_allowed,permission_error",
			"404,unknown_route,invalid_request_error", "413,request_too_large,invalid_request_error",
			"429,rate_limited,rate_limit_error", "429,provider_rate_limited,rate_limit_error",
			"429,insufficient_quota,insufficient_quota", "429,budget_exceeded,insufficient_quota",
			"500,internal_error,server_error", "503,targets_exhausted,server_error" })
	void theTypeFollowsTheStatusAndTheCode(int status, String code, String type) {
		ErrorObject error = Sdk.error(OpenAiErrors
			.write(new GatewayError(status, code, "It went wrong", null, Duration.ofSeconds(3), "req-1")));
		assertThat(error.type()).isEqualTo(type);
		assertThat(error.code()).contains(code);
		assertThat(error.message()).isEqualTo("It went wrong");
		assertThat(error.param()).isEmpty();
	}

	@Test
	void theFieldAtFaultAndTheRequestAreNamed() {
		JsonNode error = JsonMapper.shared()
			.readTree(new OpenAiChatWire().error(new GatewayError(400, "invalid_request",
					"'messages[0].role' is required", "messages[0].role", null, "req-1")))
			.path("error");
		assertThat(error.path("param").asString()).isEqualTo("messages[0].role");
		assertThat(error.path("request_id").asString()).isEqualTo("req-1");
	}

}
