package dev.switchboard.provider;

import java.util.regex.Pattern;

import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of failure an error answer is. What the providers call things is taken from
 * their error references: OpenAI, Azure OpenAI, Anthropic, Gemini, Mistral, DeepSeek,
 * xAI, Groq, Together, Fireworks, OpenRouter, Qwen, Moonshot, Zhipu, Doubao, and from the
 * sources of vLLM, SGLang, text-generation-inference, llama.cpp, Ollama and LiteLLM.
 * Codes count at any status; words only where the status leaves the kind open, as they
 * may quote the prompt.
 */
final class ErrorKinds {

	/** What we call it when Gemini has blocked a prompt. */
	static final String PROMPT_BLOCKED = "prompt_blocked";

	private static final Pattern CONTEXT_CODES = names("context_length_exceeded", "context_window_exceeded",
			"contextwindowexceedederror", "model_context_window_exceeded", "exceed_context_size_error",
			"string_above_max_length", "request_too_large", "prompt_too_long", "1261");

	private static final Pattern CONTEXT_WORDS = words("maximum context length", "context length of",
			"model's context length", "context window", "context size", "exceed context limit", "prompt is too long",
			"input is too long", "prompt too long", "maximum prompt length", "maximum input length",
			"range of input length should be", "exceeds the maximum number of tokens",
			"exceeds the maximum allowed tokens", "exceeded model token limit",
			"reduce the length of the (messages|prompt|input)", "tokens \\+ `?max_new_tokens`? must be",
			"too large for model with", "request too large for", "too many tokens: total", "longer than the model",
			"prompt contains \\d+ tokens");

	private static final Pattern QUOTA_CODES = names("insufficient_quota", "insufficient_user_quota",
			"exceeded_current_quota_error", "billing_hard_limit_reached", "billing_not_active", "billing_error",
			"insufficient_balance", "insufficient_credits", "arrearage", "accountoverdueerror", "budget_exceeded",
			"quotaexceeded", "access_terminated", "payment_required", "1113");

	private static final Pattern QUOTA_WORDS = words("credit balance is too low", "insufficient balance",
			"insufficient credit", "out of credits", "any credits", "credit limit exceeded", "api usage limits",
			"exceeded your current quota", "spending limit", "monthly limit", "account is in good standing");

	private static final Pattern RATE_CODES = names("rate_limit_exceeded", "rate_limit_error", "rate_limited",
			"rate_limit_reached_error", "rate_limit_reached", "resource_exhausted", "requests", "tokens", "throttling",
			"too_many_requests", "ratelimitexceeded", "1302");

	private static final Pattern OVERLOADED_CODES = names("overloaded_error", "overloaded", "engine_overloaded",
			"engine_overloaded_error", "server_overloaded", "server_is_overloaded", "serveroverloaded",
			"engineoverloaded", "unavailable", "service_unavailable", "capacity_exceeded",
			"service_tier_capacity_exceeded", "1305");

	private static final Pattern REFUSED_CODES = names("content_filter", "content_policy_violation",
			"responsibleaipolicyviolation", "data_inspection_failed", "datainspectionfailed", "moderation_blocked",
			"sensitivecontentdetected", "inputtextsensitivecontentdetected", "outputtextsensitivecontentdetected",
			"contentpolicyviolationerror", PROMPT_BLOCKED, "1301");

	private static final Pattern REFUSED_WORDS = words("content management policy", "content filtering policy",
			"content policy violation", "input was flagged", "flagged by .{0,40}moderation",
			"violates usage guidelines", "considered high risk", "data may contain inappropriate content",
			"rejected by the safety system");

	private static final Pattern KEY_CODES = names("invalid_api_key", "authentication_error", "permission_error",
			"permission_denied", "api_key_invalid", "unauthenticated", "invalid_authentication_error",
			"incorrect_api_key_error", "unauthorized", "invalid_organization");

	private static final Pattern MODEL_CODES = names("model_not_found", "model_decommissioned", "invalid_model",
			"model_not_available", "modelnotopen", "invalidendpointormodel.notfound", "resource_not_found_error",
			"1211");

	private static final Pattern MODEL_WORDS = words("model not exist", "model not found", "invalid model",
			"not a valid model", "unknown model", "unsupported model",
			"model .{0,150}(does not exist|doesn't exist|not found|not exist|decommissioned|is not supported)",
			"models/\\S+ is not (found|supported)", "does not have access to model");

	private static final Pattern OTHER_THAN_MODEL = names("previous_response_not_found", "file_not_found");

	private ErrorKinds() {
	}

	/**
	 * The kind of failure.
	 * @param answer what the provider said
	 * @return the kind
	 */
	static FailureKind of(ErrorAnswer answer) {
		FailureKind named = byName(answer);
		if (named != null) {
			return named;
		}
		Integer status = answer.status();
		if (status == null) {
			return withinAnswer(answer);
		}
		return switch (status) {
			case 400, 413, 422 ->
				byWords(answer, (status == 413) ? FailureKind.CONTEXT_WINDOW_EXCEEDED : FailureKind.INVALID_REQUEST);
			case 401, 407 -> FailureKind.UNAUTHORIZED;
			case 402 -> FailureKind.QUOTA_EXHAUSTED;
			case 403 -> byWords(answer, FailureKind.UNAUTHORIZED);
			case 404 ->
				matches(OTHER_THAN_MODEL, answer.names()) ? FailureKind.INVALID_REQUEST : FailureKind.MODEL_NOT_FOUND;
			// Gone, and what a wrong base URL gives: the target is misconfigured, the
			// caller
			// is not to blame.
			case 405, 410 -> FailureKind.MODEL_NOT_FOUND;
			case 408 -> FailureKind.TIMED_OUT;
			case 409, 423, 424, 425, 499 -> FailureKind.SERVER_ERROR;
			case 429 -> limited(answer);
			case 498, 503, 529 -> FailureKind.OVERLOADED;
			default -> (status >= 500) ? FailureKind.SERVER_ERROR
					: (status >= 400) ? FailureKind.INVALID_REQUEST : FailureKind.UNUSABLE_ANSWER;
		};
	}

	private static @Nullable FailureKind byName(ErrorAnswer answer) {
		String names = answer.names();
		if (matches(CONTEXT_CODES, names)) {
			return FailureKind.CONTEXT_WINDOW_EXCEEDED;
		}
		if (matches(REFUSED_CODES, names)) {
			return FailureKind.CONTENT_REFUSED;
		}
		if (matches(MODEL_CODES, names)) {
			return FailureKind.MODEL_NOT_FOUND;
		}
		if (matches(QUOTA_CODES, names)) {
			return FailureKind.QUOTA_EXHAUSTED;
		}
		if (matches(OVERLOADED_CODES, names)) {
			return FailureKind.OVERLOADED;
		}
		if (matches(RATE_CODES, names)) {
			return limited(answer);
		}
		if (matches(KEY_CODES, names)) {
			return byWords(answer, FailureKind.UNAUTHORIZED);
		}
		return null;
	}

	private static FailureKind limited(ErrorAnswer answer) {
		if (answer.quota() != null) {
			// Google says the same of a minute's and a day's quota, but names which.
			return answer.quota().contains("PerDay") ? FailureKind.QUOTA_EXHAUSTED : FailureKind.RATE_LIMITED;
		}
		String words = answer.words();
		if (words.contains("request too large for")) {
			// More tokens than a minute may ever have: waiting doesn't help.
			return FailureKind.CONTEXT_WINDOW_EXCEEDED;
		}
		boolean google = "resource_exhausted".equals(answer.names().strip());
		if (!google && matches(QUOTA_WORDS, words)) {
			return FailureKind.QUOTA_EXHAUSTED;
		}
		return FailureKind.RATE_LIMITED;
	}

	private static FailureKind byWords(ErrorAnswer answer, FailureKind otherwise) {
		String words = answer.words();
		if (matches(CONTEXT_WORDS, words)) {
			return FailureKind.CONTEXT_WINDOW_EXCEEDED;
		}
		if (matches(QUOTA_WORDS, words)) {
			return FailureKind.QUOTA_EXHAUSTED;
		}
		if (matches(REFUSED_WORDS, words)) {
			return FailureKind.CONTENT_REFUSED;
		}
		if (matches(MODEL_WORDS, words)) {
			return FailureKind.MODEL_NOT_FOUND;
		}
		return words.contains("api key not valid") ? FailureKind.UNAUTHORIZED : otherwise;
	}

	private static FailureKind withinAnswer(ErrorAnswer answer) {
		String names = answer.names();
		if (names.contains("timeout")) {
			return FailureKind.TIMED_OUT;
		}
		if (names.contains("not_found")) {
			return FailureKind.MODEL_NOT_FOUND;
		}
		boolean request = names.contains("invalid") || names.contains("badrequest") || names.contains("bad_request");
		return byWords(answer, request ? FailureKind.INVALID_REQUEST : FailureKind.SERVER_ERROR);
	}

	private static boolean matches(Pattern pattern, String text) {
		return pattern.matcher(text).find();
	}

	private static Pattern names(String... names) {
		StringBuilder any = new StringBuilder();
		for (String name : names) {
			any.append(any.isEmpty() ? "" : "|").append(Pattern.quote(name));
		}
		return Pattern.compile("(?<![^ ])(?:" + any + ")(?![^ ])");
	}

	private static Pattern words(String... expressions) {
		return Pattern.compile(String.join("|", expressions));
	}

}
