package dev.switchboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.cost.Money;

/**
 * Keeps everything in memory, for one node: what was spent is forgotten when it stops.
 * Reservations do not expire here, as none outlives the process that made it.
 */
public final class InMemoryBudgetStore implements BudgetStore {

	private static final Duration PRUNING = Duration.ofMinutes(10);

	private static final Duration LONGEST = Duration.ofDays(1);

	private final InstantSource clock;

	private final Map<Account, Amounts> accounts = new ConcurrentHashMap<>();

	// A reservation in several accounts is one step. One lock for all of them will do, as
	// only sums are done under it, in less time than it takes to get a finer one.
	private final Object sums = new Object();

	private final AtomicLong lastId = new AtomicLong();

	private volatile Instant nextPruning = Instant.MIN;

	/**
	 * A store in which nothing is spent.
	 * @param clock tells which periods are over
	 */
	public InMemoryBudgetStore(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Admission reserve(List<Claim> claims, Money amount, Instant expires) {
		Amounts[] amounts = new Amounts[claims.size()];
		List<Account> reserved = new ArrayList<>(amounts.length);
		for (int i = 0; i < amounts.length; i++) {
			Account account = claims.get(i).account();
			amounts[i] = amounts(account);
			reserved.add(account);
		}
		List<Balance> balances = new ArrayList<>(amounts.length);
		synchronized (this.sums) {
			for (int i = 0; i < amounts.length; i++) {
				Money limit = claims.get(i).limit();
				if (limit != null && !amounts[i].have(amount.nanos(), limit.nanos())) {
					return new Admission.Refused(amounts[i].balance(reserved.get(i)), limit);
				}
			}
			for (int i = 0; i < amounts.length; i++) {
				amounts[i].reserved += amount.nanos();
				balances.add(amounts[i].balance(reserved.get(i)));
			}
		}
		String id = Long.toString(this.lastId.incrementAndGet());
		return new Admission.Admitted(new Reservation(id, reserved, amount, expires), balances);
	}

	@Override
	public List<Balance> settle(Reservation reservation, Money spent) {
		List<Account> reserved = reservation.accounts();
		Amounts[] amounts = new Amounts[reserved.size()];
		for (int i = 0; i < amounts.length; i++) {
			amounts[i] = amounts(reserved.get(i));
		}
		List<Balance> balances = new ArrayList<>(amounts.length);
		synchronized (this.sums) {
			for (int i = 0; i < amounts.length; i++) {
				amounts[i].reserved = Math.max(0, amounts[i].reserved - reservation.amount().nanos());
				amounts[i].spent = Math.addExact(amounts[i].spent, spent.nanos());
				balances.add(amounts[i].balance(reserved.get(i)));
			}
		}
		return balances;
	}

	@Override
	public List<Balance> balances(String budget) {
		Instant now = this.clock.instant();
		List<Balance> balances = new ArrayList<>();
		this.accounts.forEach((account, amounts) -> {
			if (account.budget().equals(budget) && !account.isOver(now)) {
				synchronized (this.sums) {
					if (amounts.spent > 0 || amounts.reserved > 0) {
						balances.add(amounts.balance(account));
					}
				}
			}
		});
		return balances;
	}

	/**
	 * Goes on from how an account stands elsewhere, instead of what is known of it here.
	 * @param balance how it stands
	 */
	public void goOnFrom(Balance balance) {
		Amounts amounts = amounts(balance.account());
		synchronized (this.sums) {
			amounts.spent = balance.spent().nanos();
			amounts.reserved = balance.reserved().nanos();
		}
	}

	private Amounts amounts(Account account) {
		Amounts known = this.accounts.get(account);
		if (known != null) {
			return known;
		}
		prune();
		return this.accounts.computeIfAbsent(account, (key) -> new Amounts());
	}

	/**
	 * Forgets the accounts whose period is over, now and then when there is a new one;
	 * one with calls still under way waits for them, but no longer than a day.
	 */
	private void prune() {
		Instant now = this.clock.instant();
		if (now.isBefore(this.nextPruning)) {
			return;
		}
		this.nextPruning = now.plus(PRUNING);
		this.accounts.entrySet().removeIf((entry) -> {
			synchronized (this.sums) {
				Account account = entry.getKey();
				return account.isOver(now) && (entry.getValue().reserved == 0 || account.isOver(now.minus(LONGEST)));
			}
		});
	}

	private static final class Amounts {

		private long spent;

		private long reserved;

		boolean have(long amount, long limit) {
			return Math.addExact(Math.addExact(this.spent, this.reserved), amount) <= limit;
		}

		Balance balance(Account account) {
			return new Balance(account, new Money(this.spent), new Money(this.reserved));
		}

	}

}
