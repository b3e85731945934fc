package dev.switchboard.budget;

import java.time.Instant;

import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a budget.
 *
 * @param kind what
 * @param budget the budget's name
 * @param holder whose account, such as {@code key=ann}; empty if the budget has but one
 * @param spent what is spent in the present period
 * @param limit what may be spent
 * @param resetsAt when it begins anew; {@code null} for never
 */
public record BudgetEvent(Kind kind, String budget, String holder, Money spent, Money limit,
		@Nullable Instant resetsAt) {

	/** What can happen to a budget. */
	public enum Kind {

		/** Its soft limit is passed; told once in a period. */
		SOFT_LIMIT_PASSED,

		/**
		 * It has not what a call may cost, or more than its limit is spent; told once in
		 * a period.
		 */
		LIMIT_REACHED,

		/** A call was refused, or a target passed over. */
		REFUSED,

		/** A call went on with another route. */
		DEGRADED,

		/** A running answer was ended. */
		CUT

	}

}
