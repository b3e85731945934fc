package dev.switchboard.simulator.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Errors as Google words them. When to come back stands in the body, not in a header.
 */
final class GeminiErrors {

	private static final String TYPES = "type.googleapis.com/google.rpc.";

	private GeminiErrors() {
	}

	static ErrorReply reply(ProviderError error, String model, String requestId) {
		Map<String, String> headers = new LinkedHashMap<>(headers(requestId));
		headers.putAll(error.headers());
		return new ErrorReply(status(error), headers, body(error, model));
	}

	static Map<String, @Nullable Object> body(ProviderError error, String model) {
		Map<String, @Nullable Object> body = Json.object("code", status(error), "message",
				error.messageOr(message(error.kind(), model)), "status", error.typeOr(word(error)));
		List<Object> details = details(error, model);
		if (!details.isEmpty()) {
			body.put("details", details);
		}
		return Json.object("error", body);
	}

	static Map<String, String> headers(String requestId) {
		return Map.of("x-request-id", requestId, "server", "scaffolding on HTTPServer2", "vary", "Origin");
	}

	private static int status(ProviderError error) {
		return error.statusOr(switch (error.kind()) {
			case RATE_LIMITED, QUOTA_EXHAUSTED -> 429;
			case OVERLOADED -> 503;
			case SERVER_ERROR -> 500;
			case FORBIDDEN -> 403;
			case MODEL_NOT_FOUND -> 404;
			// Google answers a wrong key with 400, and tells it in the details.
			case UNAUTHORIZED, CONTEXT_WINDOW_EXCEEDED, INVALID_REQUEST, PROMPT_BLOCKED, PREFILL_REFUSED -> 400;
		});
	}

	private static String word(ProviderError error) {
		return switch (status(error)) {
			case 400 -> "INVALID_ARGUMENT";
			case 401 -> "UNAUTHENTICATED";
			case 403 -> "PERMISSION_DENIED";
			case 404 -> "NOT_FOUND";
			case 429 -> "RESOURCE_EXHAUSTED";
			case 500 -> "INTERNAL";
			case 503 -> "UNAVAILABLE";
			case 504 -> "DEADLINE_EXCEEDED";
			default -> "UNKNOWN";
		};
	}

	private static List<Object> details(ProviderError error, String model) {
		List<Object> details = new ArrayList<>();
		if (error.kind() == ErrorKind.UNAUTHORIZED) {
			details.add(Json.object("@type", TYPES + "ErrorInfo", "reason",
					(error.code() != null) ? error.code() : "API_KEY_INVALID", "domain", "googleapis.com", "metadata",
					Json.object("service", "generativelanguage.googleapis.com")));
		}
		if (error.kind() == ErrorKind.RATE_LIMITED || error.kind() == ErrorKind.QUOTA_EXHAUSTED) {
			boolean daily = error.kind() == ErrorKind.QUOTA_EXHAUSTED;
			details.add(Json.object("@type", TYPES + "QuotaFailure", "violations",
					List.of(Json.object("quotaMetric", "generativelanguage.googleapis.com/generate_content_requests",
							"quotaId",
							daily ? "GenerateRequestsPerDayPerProjectPerModel"
									: "GenerateRequestsPerMinutePerProjectPerModel",
							"quotaDimensions", Json.object("model", model, "location", "global"), "quotaValue",
							daily ? "1000" : "10"))));
		}
		if (error.retryAfter() != null) {
			details.add(Json.object("@type", TYPES + "RetryInfo", "retryDelay", seconds(error.retryAfter())));
		}
		return details;
	}

	private static String seconds(Duration duration) {
		String fraction = (duration.toMillisPart() == 0) ? "" : String.format(".%03d", duration.toMillisPart());
		return duration.toSeconds() + fraction + "s";
	}

	private static String message(ErrorKind kind, String model) {
		return switch (kind) {
			case RATE_LIMITED -> "Resource has been exhausted (e.g. check quota).";
			case QUOTA_EXHAUSTED -> "You exceeded your current quota, please check your plan and billing details.";
			case OVERLOADED -> "The model is overloaded. Please try again later.";
			case SERVER_ERROR -> "An internal error has occurred.";
			case UNAUTHORIZED -> "API key not valid. Please pass a valid API key.";
			case FORBIDDEN -> "The caller does not have permission";
			case MODEL_NOT_FOUND ->
				"models/" + model + " is not found for API version v1beta, or is not supported for generateContent.";
			case CONTEXT_WINDOW_EXCEEDED ->
				"The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).";
			case INVALID_REQUEST -> "Request contains an invalid argument.";
			case PROMPT_BLOCKED -> "The prompt was blocked.";
			case PREFILL_REFUSED -> "Please ensure that the conversation ends with a user turn.";
		};
	}

}
