package dev.switchboard.call;

/**
 * A limit of this application, and not one of a provider, does not admit the call. The
 * message names the limit, whose it is, what of it is used up and when there is room
 * again.
 */
public final class RateLimitExceededException extends RouteCallException {

	private final transient LimitRefusal refusal;

	/**
	 * A call that a limit did not admit.
	 * @param refusal which limit, and why
	 * @param record what the call left behind
	 */
	public RateLimitExceededException(LimitRefusal refusal, CallRecord record) {
		super("The call of route '" + record.route() + "' is refused: " + refusal, record, null);
		this.refusal = refusal;
	}

	/**
	 * Why the call was not admitted.
	 * @return the limit with its state and the time at which there is room again
	 */
	public LimitRefusal refusal() {
		return this.refusal;
	}

}
