package dev.switchboard.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.policy.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CallRecord} as the page shows it. Times are milliseconds.
 */
record CallView(String id, String requestedRoute, String route, @Nullable String rule, @Nullable String answeredBy,
		@Nullable String responseModel, @Nullable String finishReason, String outcome, String cache, long latency,
		@Nullable Long timeToFirstToken, @Nullable Long inputTokens, @Nullable Long outputTokens, String cost,
		List<AttemptView> attempts, List<SkippedView> skipped) {

	static CallView of(CallRecord call) {
		TokenUsage usage = call.usage();
		return new CallView(call.id(), call.requestedRoute().value(), call.route().value(), call.rule(),
				text(call.answeredBy()), call.responseModel(), call.finishReason(), call.outcome().label(),
				call.cache().label(), call.latency().toMillis(), millis(call.timeToFirstToken()),
				(usage != null) ? usage.inputTokens() : null, (usage != null) ? usage.outputTokens() : null,
				cost(call.cost()), call.attempts().stream().map(AttemptView::of).toList(),
				call.skipped().stream().map(SkippedView::of).toList());
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() : null;
	}

	private static String cost(Cost cost) {
		Money amount = cost.amount();
		return (amount != null) ? "$" + amount.usd().toPlainString() : "unknown";
	}

	/**
	 * One attempt.
	 */
	record AttemptView(int number, String target, String outcome, boolean answered, @Nullable Integer status,
			@Nullable String message, long latency, @Nullable Long timeToFirstToken, @Nullable Long tokens,
			String cost) {

		static AttemptView of(Attempt attempt) {
			Failure failure = attempt.outcome()
				.<@Nullable Failure>match((answered) -> null, (failed) -> failed.failure(), (cancelled) -> null);
			boolean answered = attempt.outcome().<Boolean>match((it) -> true, (failed) -> false, (cancelled) -> false);
			TokenUsage usage = attempt.usage();
			return new AttemptView(attempt.number(), attempt.target().toString(), attempt.outcome().label(), answered,
					(failure != null) ? failure.status() : null, (failure != null) ? failure.message() : null,
					attempt.latency().toMillis(), millis(attempt.timeToFirstToken()),
					(usage != null) ? usage.totalTokens() : null, CallView.cost(attempt.cost()));
		}

	}

	/**
	 * One target that was passed over.
	 */
	record SkippedView(String target, String reason, @Nullable Instant until) {

		static SkippedView of(SkippedTarget skipped) {
			return new SkippedView(skipped.target().toString(), switch (skipped.reason()) {
				case COOLING_DOWN -> "cooling down";
				case CIRCUIT_OPEN -> "circuit breaker open";
				case WINDOW_TOO_SMALL -> "context window too small";
				case CAPABILITY_MISSING -> "capability missing";
				case BUDGET_SPENT -> "budget spent";
				case BUDGET_UNAVAILABLE -> "budget not known at the moment";
				case PRICE_UNKNOWN -> "price unknown";
			}, skipped.until());
		}

	}

}
