package dev.switchboard.call;

/**
 * What is spent of a budget can't be looked up at the moment, and by the rule for that
 * case nothing may be spent of it meanwhile. The message names the budget.
 */
public final class BudgetUnavailableException extends RouteCallException {

	private final transient BudgetRefusal refusal;

	/**
	 * A call that was not admitted as nobody could tell.
	 * @param refusal which budget
	 * @param record what the call left behind
	 */
	public BudgetUnavailableException(BudgetRefusal refusal, CallRecord record) {
		super("The call of route '" + record.route() + "' is refused: " + refusal, record, null);
		this.refusal = refusal;
	}

	/**
	 * Why the call was not admitted.
	 * @return the budget; what is spent of it is not known
	 */
	public BudgetRefusal refusal() {
		return this.refusal;
	}

}
