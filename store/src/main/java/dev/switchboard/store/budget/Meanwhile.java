package dev.switchboard.store.budget;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import dev.switchboard.store.journal.Journal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on while the database is away, from what was last seen of it, and keeps what is
 * to be booked when it is back: in a journal, and what that has no room for in memory, a
 * sum for each account.
 */
final class Meanwhile {

	private static final Logger log = LoggerFactory.getLogger(Meanwhile.class);

	private static final String OWN = "memory-";

	/** Booked in one transaction. */
	private static final int MANY = 500;

	private final Journal journal;

	private final InMemoryBudgetStore counted;

	private final Object booking = new Object();

	private final Deque<Settled> settled = new ArrayDeque<>();

	private Map<Account, Long> spent = new HashMap<>();

	/** On its way into the database, maybe there already. Only the keeper's. */
	private @Nullable Booking underWay;

	/**
	 * Nothing is seen yet.
	 * @param journal where settlements wait, those of a former process too
	 */
	Meanwhile(Journal journal, InstantSource clock) {
		this.journal = journal;
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
		boolean nothing = isOwn(reservation) && amount.equals(Money.ZERO);
		if (!nothing && !waits(Unbooked.of(reservation, !isOwn(reservation), amount))) {
			synchronized (this.booking) {
				if (isOwn(reservation)) {
					reservation.accounts()
						.forEach((account) -> this.spent.merge(account, amount.nanos(), Math::addExact));
				}
				else {
					this.settled.add(new Settled(reservation, amount));
				}
			}
		}
		return this.counted.settle(reservation, amount);
	}

	private boolean waits(Unbooked unbooked) {
		try {
			return this.journal.append(unbooked.toBytes());
		}
		catch (UncheckedIOException ex) {
			log.debug("What was spent waits in memory, as the journal cannot be written", ex);
			return false;
		}
	}

	List<Balance> balances(String budget) {
		return this.counted.balances(budget);
	}

	Money spent(String budget) {
		return this.counted.spent(budget);
	}

	/** What a process that is no more has left waits here from now on. */
	void adopt() {
		try {
			this.journal.adopt();
		}
		catch (UncheckedIOException ex) {
			log.debug("Journals of other processes cannot be looked for", ex);
		}
	}

	/** Whether everything is booked, or waits where the next process finds it. */
	boolean isSafe() {
		return this.journal.survives() ? isBooked() : isEmpty();
	}

	boolean isEmpty() {
		return this.journal.waiting() == 0 && isBooked();
	}

	private boolean isBooked() {
		synchronized (this.booking) {
			return this.settled.isEmpty() && this.spent.isEmpty() && this.underWay == null;
		}
	}

	/**
	 * Books all that is to be booked, each once. Where the database goes away in the
	 * middle of it, it goes on there the next time.
	 * @param durably makes sure that what is booked stays so
	 * @return how many bookings that were
	 */
	int bookInto(AccountTables tables, Runnable durably) {
		int booked = bookWaiting(tables, durably);
		for (Settled next = nextSettled(); next != null; next = nextSettled()) {
			tables.settle(next.reservation(), next.spent());
			done();
			booked++;
		}
		for (Booking next = nextBooking(); next != null; next = nextBooking()) {
			tables.bookAll(Map.of(next.id(), next.spent()));
			booked += next.spent().size();
			synchronized (this.booking) {
				this.underWay = null;
			}
		}
		return booked;
	}

	private int bookWaiting(AccountTables tables, Runnable durably) {
		int booked = 0;
		for (List<byte[]> next = this.journal.next(MANY); !next.isEmpty(); next = this.journal.next(MANY)) {
			Map<UUID, Map<Account, Long>> bookings = new LinkedHashMap<>();
			for (byte[] bytes : next) {
				Unbooked unbooked = Unbooked.read(bytes);
				if (unbooked.held()) {
					tables.settle(unbooked.reservation(), unbooked.spent());
				}
				else {
					Map<Account, Long> spent = new HashMap<>();
					unbooked.accounts().forEach((account) -> spent.merge(account, unbooked.nanos(), Math::addExact));
					bookings.put(unbooked.id(), spent);
				}
			}
			tables.bookAll(bookings);
			this.journal.done(durably);
			booked += next.size();
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
