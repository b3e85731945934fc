package dev.switchboard.call;

import dev.switchboard.policy.Failure;

/**
 * A stream broke after its first content was passed on: what the caller has is not the
 * whole answer.
 */
public final class StreamInterruptedException extends RouteCallException {

	private final transient Failure reason;

	/**
	 * A stream that broke.
	 * @param reason how
	 * @param record what the call left behind
	 */
	public StreamInterruptedException(Failure reason, CallRecord record) {
		super("The answer of route '" + record.route() + "' broke off, what was received is not the whole: "
				+ reason.message(), record, reason.cause());
		this.reason = reason;
	}

	/**
	 * How it broke.
	 * @return the failure
	 */
	public Failure reason() {
		return this.reason;
	}

}
