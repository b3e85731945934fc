package dev.switchboard.call;

import java.time.Instant;
import java.util.Locale;

import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a budget has to say of a call.
 *
 * @param budget the budget's name
 * @param effect what it did
 * @param spent what was spent of it by then, in its present period
 * @param limit what may be spent of it
 * @param resetsAt when it begins anew; {@code null} for never
 */
public record BudgetNote(String budget, Effect effect, Money spent, Money limit, @Nullable Instant resetsAt) {

	/** What a budget does to a call. */
	public enum Effect {

		/** Nothing, but its soft limit is passed. */
		SOFT_LIMIT,

		/** Nothing, though its limit is passed: it only warns. */
		WARNED,

		/** It was charged what the call might have cost, as its cost is not known. */
		ESTIMATED,

		/** The call went on with another route. */
		DEGRADED,

		/** The call was not admitted. */
		REFUSED,

		/** The answer was ended before its end. */
		CUT;

		/**
		 * The name used in headers, logs and metrics.
		 * @return the name
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
