package dev.switchboard.call;

import dev.switchboard.policy.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A call of a route that gave no answer, or not the whole of one. The tree of what can be
 * thrown: <pre>
 * RouteCallException
 *   AttemptStoppedException          the policy stopped at a failure, such as an invalid request
 *   TargetsExhaustedException        every target was skipped or failed, or the deadline passed
 *   UserDecisionRequiredException    the same, and the policy says that the user decides
 *   StreamInterruptedException       a stream broke after its first content was passed on
 *   BudgetExceededException          a budget does not have what the call may cost
 *   BudgetUnavailableException       what is spent of a budget can't be looked up at the moment
 *   RateLimitExceededException       a limit of ours does not have room for the call
 *   CallCancelledException           the calling thread was interrupted
 * </pre>
 */
public abstract sealed class RouteCallException extends RuntimeException permits AttemptStoppedException,
		TargetsExhaustedException, UserDecisionRequiredException, StreamInterruptedException, BudgetExceededException,
		BudgetUnavailableException, RateLimitExceededException, CallCancelledException {

	private final transient CallRecord record;

	RouteCallException(String message, CallRecord record, @Nullable Throwable cause) {
		super(message, cause);
		this.record = record;
	}

	/**
	 * What the call left behind.
	 * @return the record
	 */
	public final CallRecord record() {
		return this.record;
	}

	/**
	 * The failure to tell the caller: of several, the first.
	 * @return the failure; {@code null} if no attempt failed
	 */
	public final @Nullable Failure failure() {
		for (Attempt attempt : this.record.attempts()) {
			Failure failure = attempt.outcome()
				.<@Nullable Failure>match((answered) -> null, (failed) -> failed.failure(), (cancelled) -> null);
			if (failure != null) {
				return failure;
			}
		}
		return null;
	}

}
