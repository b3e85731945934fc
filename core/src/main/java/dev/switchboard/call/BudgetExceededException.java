package dev.switchboard.call;

/**
 * A budget does not have what the call may cost, or can't count it. The message names the
 * budget and when it begins anew.
 */
public final class BudgetExceededException extends RouteCallException {

	private final transient BudgetRefusal refusal;

	/**
	 * A call that a budget did not admit.
	 * @param refusal which budget, and why
	 * @param record what the call left behind
	 */
	public BudgetExceededException(BudgetRefusal refusal, CallRecord record) {
		super("The call of route '" + record.route() + "' is refused: " + refusal, record, null);
		this.refusal = refusal;
	}

	/**
	 * Why the call was not admitted.
	 * @return the budget with its state and the time at which it begins anew
	 */
	public BudgetRefusal refusal() {
		return this.refusal;
	}

}
