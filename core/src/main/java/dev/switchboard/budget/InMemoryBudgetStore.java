package dev.switchboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory, for one node: what was spent is forgotten when it stops.
 * Reservations do not expire here, as none outlives the process that made it.
 */
public final class InMemoryBudgetStore implements BudgetStore {

	private static final Duration PRUNING = Duration.ofMinutes(10);

	private final InstantSource clock;

	// One lock for all accounts: a reservation in several of them is one step, and the
	// step takes less time than a finer lock would save.
	private final Map<Account, Amounts> accounts = new HashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private @Nullable Instant nextPruning;

	/**
	 * A store in which nothing is spent.
	 * @param clock tells which periods are over
	 */
	public InMemoryBudgetStore(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Admission reserve(List<Claim> claims, Money amount, Instant expires) {
		String id = Long.toString(this.lastId.incrementAndGet());
		List<Account> reserved = new ArrayList<>(claims.size());
		List<Balance> balances = new ArrayList<>(claims.size());
		synchronized (this.accounts) {
			for (Claim claim : claims) {
				Money limit = claim.limit();
				Amounts amounts = this.accounts.get(claim.account());
				Balance now = (amounts != null) ? amounts.balance(claim.account())
						: new Balance(claim.account(), Money.ZERO, Money.ZERO);
				if (limit != null && now.spent().plus(now.reserved()).plus(amount).compareTo(limit) > 0) {
					return new Admission.Refused(now, limit);
				}
			}
			for (Claim claim : claims) {
				Amounts amounts = amounts(claim.account());
				amounts.reserved += amount.nanos();
				reserved.add(claim.account());
				balances.add(amounts.balance(claim.account()));
			}
		}
		return new Admission.Admitted(new Reservation(id, reserved, amount, expires), balances);
	}

	@Override
	public List<Balance> settle(Reservation reservation, Money spent) {
		List<Balance> balances = new ArrayList<>(reservation.accounts().size());
		synchronized (this.accounts) {
			for (Account account : reservation.accounts()) {
				Amounts amounts = amounts(account);
				amounts.reserved = Math.max(0, amounts.reserved - reservation.amount().nanos());
				amounts.spent = Math.addExact(amounts.spent, spent.nanos());
				balances.add(amounts.balance(account));
			}
		}
		return balances;
	}

	@Override
	public List<Balance> balances(String budget) {
		Instant now = this.clock.instant();
		List<Balance> balances = new ArrayList<>();
		synchronized (this.accounts) {
			this.accounts.forEach((account, amounts) -> {
				if (account.budget().equals(budget) && !account.isOver(now)) {
					balances.add(amounts.balance(account));
				}
			});
		}
		return balances;
	}

	private Amounts amounts(Account account) {
		Amounts known = this.accounts.get(account);
		if (known != null) {
			return known;
		}
		prune();
		Amounts amounts = new Amounts();
		this.accounts.put(account, amounts);
		return amounts;
	}

	/**
	 * Forgets the accounts whose period is over, now and then when there is a new one;
	 * one with calls still under way waits for the next time.
	 */
	private void prune() {
		Instant now = this.clock.instant();
		Instant due = this.nextPruning;
		if (due != null && now.isBefore(due)) {
			return;
		}
		this.accounts.entrySet().removeIf((entry) -> entry.getKey().isOver(now) && entry.getValue().reserved == 0);
		this.nextPruning = now.plus(PRUNING);
	}

	private static final class Amounts {

		private long spent;

		private long reserved;

		Balance balance(Account account) {
			return new Balance(account, new Money(this.spent), new Money(this.reserved));
		}

	}

}
