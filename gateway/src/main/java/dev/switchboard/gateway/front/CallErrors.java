package dev.switchboard.gateway.front;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import dev.switchboard.call.AttemptStoppedException;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetUnavailableException;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.call.StreamInterruptedException;
import dev.switchboard.call.UserDecisionRequiredException;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told of a call without an answer. Whatever is wrong between us and the
 * providers is never told as his own mistake.
 */
final class CallErrors {

	/** Not a limit of ours: whoever meets it may ask for more elsewhere. */
	private static final String PROVIDER_RATE_LIMITED = "provider_rate_limited";

	private final InstantSource clock;

	CallErrors(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * The error of a call.
	 * @param ex how it ended
	 * @return the error
	 */
	GatewayError of(RouteCallException ex) {
		CallRecord record = ex.record();
		Failure failure = ex.failure();
		if (ex instanceof StreamInterruptedException) {
			return error(502, "stream_interrupted",
					"The answer broke off at the provider after its beginning had been passed on: "
							+ ((failure != null) ? failure.kind().property() : "interrupted")
							+ ". What was sent is not the whole answer",
					record, null);
		}
		if (ex instanceof BudgetExceededException exceeded) {
			return BudgetErrors.of(exceeded, this.clock.instant());
		}
		if (ex instanceof BudgetUnavailableException unavailable) {
			return BudgetErrors.of(unavailable);
		}
		if (ex instanceof RateLimitExceededException limited) {
			return LimitErrors.of(limited, this.clock.instant());
		}
		if (ex instanceof AttemptStoppedException && failure != null) {
			return stopped(failure, record);
		}
		return exhausted(ex, failure, record);
	}

	private GatewayError stopped(Failure failure, CallRecord record) {
		Duration retryAfter = failure.retryAfter();
		return switch (failure.kind()) {
			case INVALID_REQUEST ->
				error(status(failure, 400), code(failure, "invalid_request"), failure.message(), record, null);
			case CONTENT_REFUSED -> error(400, "content_refused", failure.message(), record, null);
			case CONTEXT_WINDOW_EXCEEDED -> error(400, "context_length_exceeded", failure.message(), record, null);
			case MODEL_NOT_FOUND -> error(404, "model_not_found", failure.message(), record, null);
			case RATE_LIMITED -> error(429, PROVIDER_RATE_LIMITED, failure.message(), record, retryAfter);
			case QUOTA_EXHAUSTED -> error(429, "insufficient_quota", failure.message(), record, retryAfter);
			case UNAUTHORIZED -> error(502, "provider_unauthorized",
					"The provider refuses the gateway's own credential; an operator must look after it", record, null);
			case TIMED_OUT -> error(504, "provider_timed_out", failure.message(), record, null);
			case OVERLOADED -> error(503, "provider_overloaded", failure.message(), record, retryAfter);
			default -> error(502, "provider_failed", failure.message(), record, retryAfter);
		};
	}

	private GatewayError exhausted(RouteCallException ex, @Nullable Failure first, CallRecord record) {
		String message = String.valueOf(ex.getMessage());
		List<FailureKind> kinds = kinds(record);
		if (kinds.stream().allMatch((kind) -> kind == FailureKind.CONTEXT_WINDOW_EXCEEDED) && !kinds.isEmpty()) {
			return error(400, "context_length_exceeded", (first != null) ? first.message() : message, record, null);
		}
		Duration retryAfter = retryAfter(first, record);
		if (kinds.isEmpty() && !record.skipped().isEmpty()) {
			// Every target was passed over, and for want of money alone.
			if (isSkippedFor(SkippedTarget.Reason.BUDGET_UNAVAILABLE, record)) {
				return error(503, BudgetErrors.BUDGET_UNAVAILABLE, message, record, BudgetErrors.PATIENCE);
			}
			return isSkippedFor(SkippedTarget.Reason.BUDGET_SPENT, record)
					? error(429, BudgetErrors.BUDGET_EXCEEDED, message, record, retryAfter)
					: error(403, BudgetErrors.PRICE_UNKNOWN, message, record, null);
		}
		if (!kinds.isEmpty() && kinds.stream()
			.allMatch((kind) -> kind == FailureKind.RATE_LIMITED || kind == FailureKind.QUOTA_EXHAUSTED)) {
			// Clients wait for a limit to pass, but not for somebody to pay.
			boolean spent = kinds.stream().allMatch((kind) -> kind == FailureKind.QUOTA_EXHAUSTED);
			return error(429, spent ? "insufficient_quota" : PROVIDER_RATE_LIMITED, message, record, retryAfter);
		}
		boolean late = record.outcome()
			.<Boolean>match(() -> false, (failed) -> false, CallOutcome.Exhausted::deadlinePassed, () -> false,
					(overBudget) -> false, (overLimit) -> false);
		if (ex instanceof UserDecisionRequiredException) {
			return error(503, "user_decision_required", message, record, retryAfter);
		}
		// Whoever ran out of time is not helped by waiting for a target.
		return error(late ? 504 : 503, "targets_exhausted", message, record, late ? null : retryAfter);
	}

	private static boolean isSkippedFor(SkippedTarget.Reason reason, CallRecord record) {
		return record.skipped().stream().anyMatch((target) -> target.reason() == reason);
	}

	/** What failed, and what those that were passed over had failed with. */
	private static List<FailureKind> kinds(CallRecord record) {
		Stream<FailureKind> failed = record.attempts()
			.stream()
			.map((attempt) -> attempt.outcome()
				.<@Nullable FailureKind>match((answered) -> null, (failure) -> failure.failure().kind(),
						(cancelled) -> null))
			.filter((kind) -> kind != null);
		Stream<FailureKind> skipped = record.skipped().stream().flatMap((target) -> switch (target.reason()) {
			case WINDOW_TOO_SMALL -> Stream.of(FailureKind.CONTEXT_WINDOW_EXCEEDED);
			case COOLING_DOWN -> Stream.of((target.failure() != null) ? target.failure() : FailureKind.OVERLOADED);
			case CIRCUIT_OPEN -> Stream.of(FailureKind.OVERLOADED);
			case CAPABILITY_MISSING -> Stream.of(FailureKind.INVALID_REQUEST);
			case BUDGET_SPENT, BUDGET_UNAVAILABLE, PRICE_UNKNOWN -> Stream.empty();
		});
		return Stream.concat(failed, skipped).toList();
	}

	private @Nullable Duration retryAfter(@Nullable Failure first, CallRecord record) {
		Instant now = this.clock.instant();
		Duration shortest = (first != null) ? first.retryAfter() : null;
		for (SkippedTarget skipped : record.skipped()) {
			if (skipped.until() != null) {
				Duration wait = Duration.between(now, skipped.until());
				shortest = (shortest == null || wait.compareTo(shortest) < 0) ? wait : shortest;
			}
		}
		return (shortest == null || shortest.isNegative()) ? null : shortest;
	}

	private static int status(Failure failure, int otherwise) {
		Integer status = failure.status();
		return (status != null && status >= 400 && status < 500) ? status : otherwise;
	}

	private static String code(Failure failure, String otherwise) {
		String code = failure.code();
		return (code != null && !code.isBlank()) ? code : otherwise;
	}

	private static GatewayError error(int status, String code, String message, CallRecord record,
			@Nullable Duration retryAfter) {
		return new GatewayError(status, code, message, null, retryAfter, record.id());
	}

}
