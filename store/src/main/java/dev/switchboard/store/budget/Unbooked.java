package dev.switchboard.store.budget;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Reservation;
import dev.switchboard.cost.Money;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was spent while the database was away, as it waits for it.
 *
 * @param id the process that spent it; for what the database holds back the reservation
 * @param number counts what a process spends, from 1 on; 0 for what the database holds
 * back
 * @param accounts of which it was spent
 * @param nanos how much, in nano-dollars
 */
record Unbooked(UUID id, long number, List<Account> accounts, long nanos) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	Unbooked {
		accounts = List.copyOf(accounts);
	}

	/** What the database holds back, and was not told the end of. */
	static Unbooked held(Reservation reservation, Money spent) {
		return new Unbooked(UUID.fromString(reservation.id()), 0, reservation.accounts(), spent.nanos());
	}

	static Unbooked read(byte[] bytes) {
		return MAPPER.readValue(bytes, Unbooked.class);
	}

	byte[] toBytes() {
		return MAPPER.writeValueAsBytes(this);
	}

	boolean isHeld() {
		return this.number == 0;
	}

	/** What the database knows by its id; when it expires is known there. */
	Reservation reservation() {
		return new Reservation(this.id.toString(), this.accounts, new Money(this.nanos), Instant.EPOCH);
	}

	Spent spent() {
		Map<Account, Long> amounts = new HashMap<>();
		this.accounts.forEach((account) -> amounts.merge(account, this.nanos, Math::addExact));
		return new Spent(this.number, amounts);
	}

	/**
	 * A part of what somebody spent.
	 *
	 * @param number its number; later parts have greater ones
	 * @param amounts how much of which account, in nano-dollars
	 */
	record Spent(long number, Map<Account, Long> amounts) {
	}

}
