package dev.switchboard.budget;

import java.time.Instant;
import java.util.List;

import dev.switchboard.cost.Money;

/**
 * Keeps what is reserved and spent. Each method is one transaction; all are called by
 * many threads at once and, where several nodes share a store, by all of them. A store
 * that can't be reached decides for itself, by the rule that it was given, whether it
 * admits or refuses, and throws nothing for it.
 */
public interface BudgetStore {

	/**
	 * Holds an amount back in all accounts, or in none: no account may have more reserved
	 * and spent together than its limit.
	 * @param claims the accounts with their limits, at least one; the first that does not
	 * have the amount is the one that is told
	 * @param amount the amount; more than zero
	 * @param expires from when on the reservation may be taken for lost: it then counts
	 * no more, though it may still be settled
	 * @return a reservation, or the account that does not have it; or that nobody can
	 * tell, and nothing may be spent meanwhile
	 */
	Admission reserve(List<Claim> claims, Money amount, Instant expires);

	/**
	 * Books what was spent, more or less than was held back, in place of the reservation.
	 * It is never refused.
	 * @param reservation the reservation; given here or to {@link #release} once
	 * @param spent what was spent
	 * @return how the accounts stand now, in the order of the reservation
	 */
	List<Balance> settle(Reservation reservation, Money spent);

	/**
	 * Gives back what was held back, as nothing was spent.
	 * @param reservation the reservation
	 * @return how the accounts stand now, in the order of the reservation
	 */
	default List<Balance> release(Reservation reservation) {
		return settle(reservation, Money.ZERO);
	}

	/**
	 * How the accounts of a budget stand whose period is not over.
	 * @param budget the budget's name
	 * @return the accounts that anything was spent or reserved of
	 */
	List<Balance> balances(String budget);

	/**
	 * What is spent of all accounts of a budget whose period is not over.
	 * @param budget the budget's name
	 * @return the sum
	 */
	default Money spent(String budget) {
		return balances(budget).stream().map(Balance::spent).reduce(Money.ZERO, Money::plus);
	}

}
