package dev.switchboard.budget;

import java.util.function.Function;

import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.BudgetRefusal;
import dev.switchboard.route.RouteName;

/**
 * What budgets say of a call before it begins.
 */
public sealed interface Ruling permits Hold, Ruling.Refused, Ruling.Degraded {

	/**
	 * Reads this ruling, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param admitted reads that it may begin
	 * @param refused reads that it may not
	 * @param degraded reads that it may go on with another route
	 * @return what the reader made of it
	 */
	<T> T match(Function<Hold, T> admitted, Function<Refused, T> refused, Function<Degraded, T> degraded);

	/**
	 * It may not begin.
	 *
	 * @param refusal which budget, and why
	 */
	record Refused(BudgetRefusal refusal) implements Ruling {

		@Override
		public <T> T match(Function<Hold, T> admitted, Function<Refused, T> refused, Function<Degraded, T> degraded) {
			return refused.apply(this);
		}

		/**
		 * What is to be noted in the record.
		 * @return the note
		 */
		public BudgetNote note() {
			return new BudgetNote(this.refusal.budget(), BudgetNote.Effect.REFUSED, this.refusal.spent(),
					this.refusal.limit(), this.refusal.resetsAt());
		}

	}

	/**
	 * It may ask again with another route.
	 *
	 * @param refusal which budget has not what it may cost
	 * @param route the other route
	 */
	record Degraded(BudgetRefusal refusal, RouteName route) implements Ruling {

		@Override
		public <T> T match(Function<Hold, T> admitted, Function<Refused, T> refused, Function<Degraded, T> degraded) {
			return degraded.apply(this);
		}

		/**
		 * What is to be noted in the record.
		 * @return the note
		 */
		public BudgetNote note() {
			return new BudgetNote(this.refusal.budget(), BudgetNote.Effect.DEGRADED, this.refusal.spent(),
					this.refusal.limit(), this.refusal.resetsAt());
		}

	}

}
