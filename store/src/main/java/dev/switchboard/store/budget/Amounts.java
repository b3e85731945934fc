package dev.switchboard.store.budget;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Balance;
import dev.switchboard.cost.Money;

/**
 * How an account stands, in nano-dollars.
 *
 * @param spent what is spent
 * @param reserved what calls under way may still spend
 */
record Amounts(long spent, long reserved) {

	static final Amounts NONE = new Amounts(0, 0);

	boolean have(long amount, long limit) {
		return this.spent + this.reserved + amount <= limit;
	}

	Amounts with(long reservation) {
		return new Amounts(this.spent, this.reserved + reservation);
	}

	Balance of(Account account) {
		return new Balance(account, new Money(this.spent), new Money(Math.max(0, this.reserved)));
	}

}
