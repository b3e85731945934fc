package dev.switchboard.store.budget;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.budget.Reservation;
import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * Counts on while the database is away, from what was last seen of it, and keeps what is
 * to be booked when it is back: a sum for each account, and what was held back in the
 * database by calls that were under way when it went.
 */
final class Meanwhile {

	private static final String OWN = "memory-";

	private final InMemoryBudgetStore counted;

	private final Object booking = new Object();

	private final Deque<Settled> settled = new ArrayDeque<>();

	private Map<Account, Long> spent = new HashMap<>();

	/** On its way into the database, maybe there already. Only the keeper's. */
	private @Nullable Booking underWay;

	Meanwhile(InstantSource clock) {
		this.counted = new InMemoryBudgetStore(clock);
	}

	/** How an account stood when it was last seen. */
	void saw(Balance balance) {
		this.counted.goOnFrom(balance);
	}

	Admission reserve(List<Claim> claims, Money amount, Instant expires) {
		return this.counted.reserve(claims, amount, expires).match((admitted) -> {
			Reservation own = admitted.reservation();
			return new Admission.Admitted(new Reservation(OWN + own.id(), own.accounts(), own.amount(), own.expires()),
					admitted.balances());
		}, (refused) -> refused, (unavailable) -> unavailable);
	}

	/** Whether something was held back here and not in the database. */
	static boolean isOwn(Reservation reservation) {
		return reservation.id().startsWith(OWN);
	}

	/** Settles what was held back here, or what the database could not be told. */
	List<Balance> settle(Reservation reservation, Money amount) {
		synchronized (this.booking) {
			if (!isOwn(reservation)) {
				this.settled.add(new Settled(reservation, amount));
			}
			else if (!amount.equals(Money.ZERO)) {
				reservation.accounts().forEach((account) -> this.spent.merge(account, amount.nanos(), Math::addExact));
			}
		}
		return this.counted.settle(reservation, amount);
	}

	List<Balance> balances(String budget) {
		return this.counted.balances(budget);
	}

	Money spent(String budget) {
		return this.counted.spent(budget);
	}

	boolean isEmpty() {
		synchronized (this.booking) {
			return this.settled.isEmpty() && this.spent.isEmpty() && this.underWay == null;
		}
	}

	/**
	 * Books all that is to be booked, each once. Where the database goes away in the
	 * middle of it, it goes on there the next time.
	 * @return how many bookings that were
	 */
	int bookInto(AccountTables tables) {
		int booked = 0;
		for (Settled next = nextSettled(); next != null; next = nextSettled()) {
			tables.settle(next.reservation(), next.spent());
			done();
			booked++;
		}
		for (Booking next = nextBooking(); next != null; next = nextBooking()) {
			tables.bookAll(next.id(), next.spent());
			booked += next.spent().size();
			synchronized (this.booking) {
				this.underWay = null;
			}
		}
		return booked;
	}

	private @Nullable Settled nextSettled() {
		synchronized (this.booking) {
			return this.settled.peekFirst();
		}
	}

	private void done() {
		synchronized (this.booking) {
			this.settled.removeFirst();
		}
	}

	private @Nullable Booking nextBooking() {
		synchronized (this.booking) {
			if (this.underWay == null && !this.spent.isEmpty()) {
				this.underWay = new Booking(UUID.randomUUID(), Map.copyOf(this.spent));
				this.spent = new HashMap<>();
			}
			return this.underWay;
		}
	}

	private record Settled(Reservation reservation, Money spent) {
	}

	/**
	 * A sum for each account.
	 *
	 * @param id by which the database knows whether it has it already
	 */
	private record Booking(UUID id, Map<Account, Long> spent) {
	}

}
