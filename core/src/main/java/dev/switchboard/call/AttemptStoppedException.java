package dev.switchboard.call;

import dev.switchboard.cost.ModelId;
import dev.switchboard.policy.Failure;

/**
 * The policy stopped at a failure that another attempt would not mend, such as an invalid
 * request or a refused answer. The message ends with the provider's own.
 */
public final class AttemptStoppedException extends RouteCallException {

	private final transient Failure stoppedAt;

	/**
	 * A call that stopped at a failure.
	 * @param target who failed
	 * @param failure how
	 * @param record what the call left behind
	 */
	public AttemptStoppedException(ModelId target, Failure failure, CallRecord record) {
		super("Route '" + record.route() + "' stopped: " + target + " failed (" + failure + "): " + failure.message(),
				record, failure.cause());
		this.stoppedAt = failure;
	}

	/**
	 * The failure at which the call stopped.
	 * @return the failure
	 */
	public Failure stoppedAt() {
		return this.stoppedAt;
	}

}
