package dev.switchboard.observation;

import java.util.Locale;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.policy.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each attempt and each call, at level DEBUG, without content: not the
 * prompt, not the answer, and not the provider's error message, which may quote either.
 */
public final class CallLog implements CallListener {

	private static final Logger log = LoggerFactory.getLogger(CallLog.class);

	@Override
	public void ended(CallRecord call) {
		if (!log.isDebugEnabled()) {
			return;
		}
		call.attempts().forEach((attempt) -> log.debug("{}", describe(attempt, call)));
		log.debug("{}", describe(call));
	}

	private static LogLine describe(Attempt attempt, CallRecord call) {
		LogLine line = new LogLine("Attempt ended:").add("call", call.id())
			.add("number", attempt.number())
			.add("route", call.route())
			.add("target", attempt.target())
			.add("outcome", attempt.outcome().label());
		addFailure(line, DefaultAttemptObservationConvention.failure(attempt));
		line.add("latency", attempt.latency())
			.add("timeToFirstToken", attempt.timeToFirstToken())
			.add("responseModel", attempt.responseModel());
		addUsage(line, attempt.usage());
		if (attempt.usageEstimated()) {
			line.add("tokensEstimated", true);
		}
		return line.add("cost", attempt.cost());
	}

	private static LogLine describe(CallRecord call) {
		LogLine line = new LogLine("Call ended:").add("call", call.id());
		if (!call.requestedRoute().equals(call.route())) {
			line.add("requestedRoute", call.requestedRoute());
		}
		line.add("route", call.route())
			.add("rule", call.rule())
			.add("caller", call.caller().name())
			.add("streamed", call.streamed())
			.add("outcome", call.outcome().label())
			.add("cache", call.cache().label())
			.add("target", call.answeredBy())
			.add("attempts", call.attempts().size());
		call.skipped()
			.forEach((skipped) -> line.add("skipped",
					skipped.target() + ":" + skipped.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')));
		line.add("finishReason", call.finishReason())
			.add("latency", call.latency())
			.add("timeToFirstToken", call.timeToFirstToken());
		addUsage(line, call.usage());
		return line.add("cost", call.cost());
	}

	private static void addFailure(LogLine line, @Nullable Failure failure) {
		if (failure != null) {
			line.add("status", failure.status()).add("code", failure.code()).add("retryAfter", failure.retryAfter());
		}
	}

	private static void addUsage(LogLine line, @Nullable TokenUsage usage) {
		if (usage != null) {
			line.add("inputTokens", usage.inputTokens())
				.add("cachedInputTokens", usage.cachedInputTokens())
				.add("outputTokens", usage.outputTokens());
		}
	}

}
