package dev.switchboard.store.budget;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
import tools.jackson.core.JacksonException;

/**
 * Counts on while the database is away, from what was last seen of it, and keeps what is
 * to be booked when it is back: in a journal, and what that has no room for in memory, a
 * sum for each account.
 */
final class Meanwhile {

	private static final Logger log = LoggerFactory.getLogger(Meanwhile.class);

	private static final String OWN = "memory-";

	/** Booked in one transaction, as one sum for each account. */
	private static final int MANY = 20_000;

	private final Journal journal;

	private final InMemoryBudgetStore counted;

	/** By which the database knows what of the journal is booked. */
	private final UUID process = UUID.randomUUID();

	private final Object booking = new Object();

	/** Of what was spent last. */
	private long number;

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
		synchronized (this.booking) {
			if (!isOwn(reservation)) {
				if (!waits(Unbooked.held(reservation, amount))) {
					this.settled.add(new Settled(reservation, amount));
				}
			}
			else if (!amount.equals(Money.ZERO)) {
				Unbooked spent = new Unbooked(this.process, this.number + 1, reservation.accounts(), amount.nanos());
				// What is booked by its number must wait in the order of the numbers.
				if (waits(spent)) {
					this.number++;
				}
				else {
					reservation.accounts()
						.forEach((account) -> this.spent.merge(account, amount.nanos(), Math::addExact));
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
	 * Books all that is to be booked by now, each once. Where the database goes away in
	 * the middle of it, it goes on there the next time. What comes meanwhile is for the
	 * next time, too: whoever spends faster than it can be booked must get to the
	 * database again, where he is held up.
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
		Booking next = nextBooking();
		if (next != null) {
			tables.bookAll(next.id(), List.of(new Unbooked.Spent(1, next.spent())));
			booked += next.spent().size();
			synchronized (this.booking) {
				this.underWay = null;
			}
		}
		return booked;
	}

	private int bookWaiting(AccountTables tables, Runnable durably) {
		long waiting = this.journal.waiting();
		int booked = 0;
		while (booked < waiting) {
			List<byte[]> next = this.journal.next(MANY);
			if (next.isEmpty()) {
				break;
			}
			Map<UUID, List<Unbooked.Spent>> spent = new LinkedHashMap<>();
			for (byte[] bytes : next) {
				Unbooked unbooked = read(bytes);
				if (unbooked == null) {
					continue;
				}
				if (unbooked.isHeld()) {
					tables.settle(unbooked.reservation(), new Money(unbooked.nanos()));
				}
				else {
					spent.computeIfAbsent(unbooked.id(), (id) -> new ArrayList<>()).add(unbooked.spent());
				}
			}
			spent.forEach(tables::bookAll);
			this.journal.done(durably);
			booked += next.size();
		}
		return booked;
	}

	// One that can't be read must not keep the others from being booked.
	private static @Nullable Unbooked read(byte[] bytes) {
		try {
			return Unbooked.read(bytes);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			log.error("Something that was spent cannot be read from the journal, and is not booked bytes={}",
					bytes.length, ex);
			return null;
		}
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
