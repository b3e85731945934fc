package dev.switchboard.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

import dev.switchboard.policy.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Every target was skipped or failed, or the deadline passed. The message lists each
 * target with its reason; the provider's own words are those of the first failure.
 */
public final class TargetsExhaustedException extends RouteCallException {

	/**
	 * A call for which no target was left.
	 * @param record what the call left behind
	 * @param cause the exception behind the first failure; {@code null} if there is none
	 */
	public TargetsExhaustedException(CallRecord record, @Nullable Throwable cause) {
		super(describe(record), record, cause);
	}

	/**
	 * When the first of the skipped targets returns.
	 * @return the instant; {@code null} if none is known to return
	 */
	public @Nullable Instant availableAgain() {
		return record().skipped()
			.stream()
			.map(SkippedTarget::until)
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
	}

	static String describe(CallRecord record) {
		StringBuilder text = new StringBuilder("Route '").append(record.route()).append("' has no answer");
		boolean late = record.outcome()
			.<Boolean>match(() -> false, (failed) -> false, CallOutcome.Exhausted::deadlinePassed, () -> false,
					(overBudget) -> false, (overLimit) -> false);
		if (late) {
			text.append(", its deadline passed after ").append(record.latency().toMillis()).append(" ms");
		}
		String separator = ": ";
		Failure first = null;
		for (Attempt attempt : record.attempts()) {
			Failure failure = attempt.outcome()
				.<@Nullable Failure>match((answered) -> null, (failed) -> failed.failure(), (cancelled) -> null);
			text.append(separator).append(attempt.target()).append(' ');
			text.append((failure != null) ? failure : attempt.outcome().label());
			first = (first != null) ? first : failure;
			separator = "; ";
		}
		for (SkippedTarget skipped : record.skipped()) {
			text.append(separator)
				.append(skipped.target())
				.append(" skipped, ")
				.append(skipped.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '));
			if (skipped.failure() != null) {
				text.append(" after ").append(skipped.failure().property());
			}
			if (skipped.until() != null) {
				text.append(" until ").append(skipped.until());
			}
			separator = "; ";
		}
		if (first != null) {
			text.append(". The first failure says: ").append(first.message());
		}
		return text.toString();
	}

}
