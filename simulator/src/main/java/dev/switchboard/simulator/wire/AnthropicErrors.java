package dev.switchboard.simulator.wire;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Errors as Anthropic words them.
 */
final class AnthropicErrors {

	private AnthropicErrors() {
	}

	static ErrorReply reply(ProviderError error, String model, String requestId) {
		Map<String, String> headers = new LinkedHashMap<>(headers(requestId));
		if (error.retryAfter() != null) {
			headers.put("retry-after", String.valueOf((error.retryAfter().toMillis() + 999) / 1000));
		}
		if (error.kind() == ErrorKind.RATE_LIMITED) {
			headers.put("anthropic-ratelimit-requests-limit", "50");
			headers.put("anthropic-ratelimit-requests-remaining", "0");
		}
		headers.putAll(error.headers());
		return new ErrorReply(error.statusOr(status(error.kind())), headers, body(error, model, requestId));
	}

	static Map<String, @Nullable Object> body(ProviderError error, String model, String requestId) {
		Map<String, @Nullable Object> detail = Json.object("type", error.typeOr(type(error)), "message",
				error.messageOr(message(error.kind(), model)));
		if (error.code() != null) {
			detail.put("details", Json.object("error_code", error.code()));
		}
		return Json.object("type", "error", "error", detail, "request_id", requestId);
	}

	static Map<String, String> headers(String requestId) {
		return Map.of("request-id", requestId, "anthropic-organization-id", "simulator");
	}

	private static int status(ErrorKind kind) {
		return switch (kind) {
			case RATE_LIMITED -> 429;
			case QUOTA_EXHAUSTED -> 402;
			case OVERLOADED -> 529;
			case SERVER_ERROR -> 500;
			case UNAUTHORIZED -> 401;
			case FORBIDDEN -> 403;
			case MODEL_NOT_FOUND -> 404;
			case CONTEXT_WINDOW_EXCEEDED, INVALID_REQUEST, PROMPT_BLOCKED, PREFILL_REFUSED -> 400;
		};
	}

	private static String type(ProviderError error) {
		if (error.status() == 413) {
			return "request_too_large";
		}
		if (error.status() == 504) {
			return "timeout_error";
		}
		return switch (error.kind()) {
			case RATE_LIMITED -> "rate_limit_error";
			case QUOTA_EXHAUSTED -> "billing_error";
			case OVERLOADED -> "overloaded_error";
			case SERVER_ERROR -> "api_error";
			case UNAUTHORIZED -> "authentication_error";
			case FORBIDDEN -> "permission_error";
			case MODEL_NOT_FOUND -> "not_found_error";
			case CONTEXT_WINDOW_EXCEEDED, INVALID_REQUEST, PROMPT_BLOCKED, PREFILL_REFUSED -> "invalid_request_error";
		};
	}

	private static String message(ErrorKind kind, String model) {
		return switch (kind) {
			case RATE_LIMITED -> "This request would exceed your organization's rate limit of 50 requests per minute.";
			case QUOTA_EXHAUSTED -> "Your credit balance is too low to access the Anthropic API.";
			case OVERLOADED -> "Overloaded";
			case SERVER_ERROR -> "Internal server error";
			case UNAUTHORIZED -> "invalid x-api-key";
			case FORBIDDEN -> "Your API key does not have permission to use the specified resource.";
			case MODEL_NOT_FOUND -> "model: " + model;
			case CONTEXT_WINDOW_EXCEEDED -> "prompt is too long: 200001 tokens > 200000 maximum";
			case INVALID_REQUEST -> "Invalid request";
			case PROMPT_BLOCKED -> "Output blocked by content filtering policy";
			case PREFILL_REFUSED -> "This model does not support assistant message prefill. The conversation must "
					+ "end with a user message.";
		};
	}

}
