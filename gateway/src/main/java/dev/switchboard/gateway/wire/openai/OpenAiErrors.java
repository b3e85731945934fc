package dev.switchboard.gateway.wire.openai;

import java.util.Set;

import dev.switchboard.gateway.wire.GatewayError;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors as OpenAI tells them, on each of its endpoints: {@code {"error": {"message",
 * "type", "param", "code", "request_id"}}}. OpenAI itself has the identifier in a header
 * only; its SDKs take the field without a word.
 */
public final class OpenAiErrors {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** Where waiting a moment does not help, though the status may be 429. */
	private static final Set<String> NOTHING_LEFT = Set.of("insufficient_quota", "quota_exceeded", "budget_exceeded");

	private OpenAiErrors() {
	}

	/**
	 * Writes an error.
	 * @param error the error
	 * @return the body, JSON
	 */
	public static byte[] write(GatewayError error) {
		return MAPPER.writeValueAsBytes(node(error));
	}

	/** The error as JSON; the same inside a stream and instead of an answer. */
	static ObjectNode node(GatewayError error) {
		ObjectNode node = MAPPER.createObjectNode();
		ObjectNode inner = node.putObject("error");
		inner.put("message", error.message())
			.put("type", type(error))
			.put("param", error.param())
			.put("code", error.code())
			.put("request_id", error.requestId());
		error.details().forEach(inner::put);
		return node;
	}

	private static String type(GatewayError error) {
		if (NOTHING_LEFT.contains(error.code())) {
			return "insufficient_quota";
		}
		return switch (error.status()) {
			case 401 -> "authentication_error";
			case 402 -> "insufficient_quota";
			case 403 -> "permission_error";
			case 429 -> "rate_limit_error";
			default -> (error.status() < 500) ? "invalid_request_error" : "server_error";
		};
	}

}
