package dev.switchboard.simulator.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Errors as OpenAI words them.
 */
final class OpenAiErrors {

	private OpenAiErrors() {
	}

	static ErrorReply reply(ProviderError error, String model, String requestId) {
		Map<String, String> headers = new LinkedHashMap<>(headers(requestId));
		Duration retryAfter = error.retryAfter();
		if (retryAfter != null) {
			headers.put("retry-after", String.valueOf((retryAfter.toMillis() + 999) / 1000));
			headers.put("retry-after-ms", String.valueOf(retryAfter.toMillis()));
		}
		if (error.kind() == ErrorKind.RATE_LIMITED) {
			headers.put("x-ratelimit-limit-requests", "500");
			headers.put("x-ratelimit-remaining-requests", "0");
			headers.put("x-ratelimit-reset-requests", ((retryAfter != null) ? retryAfter.toMillis() : 120) + "ms");
		}
		headers.putAll(error.headers());
		return new ErrorReply(error.statusOr(status(error.kind())), headers, body(error, model));
	}

	static Map<String, @Nullable Object> body(ProviderError error, String model) {
		return Json.object("error",
				Json.object("message", error.messageOr(message(error.kind(), model)), "type",
						error.typeOr(type(error.kind())), "param", param(error.kind()), "code",
						error.codeOr(code(error.kind()))));
	}

	static Map<String, String> headers(String requestId) {
		return Map.of("x-request-id", requestId, "openai-version", "2020-10-01", "openai-organization", "simulator",
				"openai-processing-ms", "1");
	}

	private static int status(ErrorKind kind) {
		return switch (kind) {
			case RATE_LIMITED, QUOTA_EXHAUSTED -> 429;
			case OVERLOADED -> 503;
			case SERVER_ERROR -> 500;
			case UNAUTHORIZED -> 401;
			case FORBIDDEN -> 403;
			case MODEL_NOT_FOUND -> 404;
			case CONTEXT_WINDOW_EXCEEDED, INVALID_REQUEST, PROMPT_BLOCKED, PREFILL_REFUSED -> 400;
		};
	}

	private static String type(ErrorKind kind) {
		return switch (kind) {
			case RATE_LIMITED -> "requests";
			case QUOTA_EXHAUSTED -> "insufficient_quota";
			case OVERLOADED -> "service_unavailable_error";
			case SERVER_ERROR -> "server_error";
			default -> "invalid_request_error";
		};
	}

	static @Nullable String code(ErrorKind kind) {
		return switch (kind) {
			case RATE_LIMITED -> "rate_limit_exceeded";
			case QUOTA_EXHAUSTED -> "insufficient_quota";
			case OVERLOADED -> "server_is_overloaded";
			case UNAUTHORIZED -> "invalid_api_key";
			case FORBIDDEN -> "missing_scope";
			case MODEL_NOT_FOUND -> "model_not_found";
			case CONTEXT_WINDOW_EXCEEDED -> "context_length_exceeded";
			case PROMPT_BLOCKED -> "content_filter";
			case SERVER_ERROR, INVALID_REQUEST, PREFILL_REFUSED -> null;
		};
	}

	private static @Nullable String param(ErrorKind kind) {
		return switch (kind) {
			case PROMPT_BLOCKED -> "prompt";
			case CONTEXT_WINDOW_EXCEEDED, PREFILL_REFUSED -> "messages";
			default -> null;
		};
	}

	static String message(ErrorKind kind, String model) {
		return switch (kind) {
			case RATE_LIMITED -> "Rate limit reached for " + model
					+ " in organization simulator on requests per min (RPM): Limit 500, Used 500, Requested 1.";
			case QUOTA_EXHAUSTED -> "You exceeded your current quota, please check your plan and billing details.";
			case OVERLOADED -> "Our servers are currently overloaded. Please try again later.";
			case SERVER_ERROR -> "The server had an error while processing your request.";
			case UNAUTHORIZED -> "Incorrect API key provided.";
			case FORBIDDEN -> "You have insufficient permissions for this operation.";
			case MODEL_NOT_FOUND -> "The model `" + model + "` does not exist or you do not have access to it.";
			case CONTEXT_WINDOW_EXCEEDED -> "This model's maximum context length is 128000 tokens. However, your "
					+ "messages resulted in 130001 tokens. Please reduce the length of the messages.";
			case INVALID_REQUEST -> "Invalid request.";
			case PROMPT_BLOCKED -> "The response was filtered due to the prompt triggering our content policy.";
			case PREFILL_REFUSED -> "The last message must not come from the assistant.";
		};
	}

}
