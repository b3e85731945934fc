package dev.switchboard.gateway.wire.anthropic;

import java.util.Locale;

import dev.switchboard.gateway.wire.GatewayError;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors as Anthropic tells them: its type by the status, and our code under
 * {@code error.details.error_code}.
 */
public final class AnthropicErrors {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** What Claude Code looks for before it makes its conversation shorter. */
	private static final String TOO_LONG = "prompt is too long";

	private AnthropicErrors() {
	}

	/**
	 * Writes an error.
	 * @param error the error
	 * @return the body, JSON
	 */
	public static byte[] write(GatewayError error) {
		return MAPPER.writeValueAsBytes(node(error));
	}

	/** The error as JSON; the same inside a stream and instead of one. */
	static ObjectNode node(GatewayError error) {
		ObjectNode node = MAPPER.createObjectNode();
		node.put("type", "error");
		ObjectNode inner = node.putObject("error");
		inner.put("type", type(error.status()));
		inner.put("message", message(error));
		ObjectNode details = inner.putObject("details").put("error_code", error.code());
		error.details().forEach(details::put);
		node.put("request_id", error.requestId());
		return node;
	}

	private static String message(GatewayError error) {
		String message = error.message();
		if (error.code().equals("context_length_exceeded") && !message.toLowerCase(Locale.ROOT).contains(TOO_LONG)) {
			return TOO_LONG + ": " + message;
		}
		return message;
	}

	private static String type(int status) {
		return switch (status) {
			case 401 -> "authentication_error";
			case 402 -> "billing_error";
			case 403 -> "permission_error";
			case 404 -> "not_found_error";
			case 413 -> "request_too_large";
			case 429 -> "rate_limit_error";
			case 503, 529 -> "overloaded_error";
			case 504 -> "timeout_error";
			default -> (status < 500) ? "invalid_request_error" : "api_error";
		};
	}

}
