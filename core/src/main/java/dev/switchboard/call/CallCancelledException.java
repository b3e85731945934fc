package dev.switchboard.call;

/**
 * The calling thread was interrupted; its interrupt flag is set again.
 */
public final class CallCancelledException extends RouteCallException {

	/**
	 * A call that its caller gave up.
	 * @param record what the call left behind
	 */
	public CallCancelledException(CallRecord record) {
		super("The call of route '" + record.route() + "' was cancelled: its thread was interrupted", record, null);
	}

}
