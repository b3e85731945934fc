package dev.switchboard.store.budget;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Reservation;
import dev.switchboard.cost.Money;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was spent while the database was away, as it waits for it.
 *
 * @param id the reservation in the database that it settles; for what was held back
 * elsewhere an id of its own, under which it is booked once
 * @param held whether the database has the reservation
 * @param accounts of which it was spent
 * @param nanos how much, in nano-dollars
 */
record Unbooked(UUID id, boolean held, List<Account> accounts, long nanos) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	Unbooked {
		accounts = List.copyOf(accounts);
	}

	static Unbooked of(Reservation reservation, boolean held, Money spent) {
		return new Unbooked(held ? UUID.fromString(reservation.id()) : UUID.randomUUID(), held, reservation.accounts(),
				spent.nanos());
	}

	static Unbooked read(byte[] bytes) {
		return MAPPER.readValue(bytes, Unbooked.class);
	}

	byte[] toBytes() {
		return MAPPER.writeValueAsBytes(this);
	}

	/** What the database knows by its id; when it expires is known there. */
	Reservation reservation() {
		return new Reservation(this.id.toString(), this.accounts, spent(), Instant.EPOCH);
	}

	Money spent() {
		return new Money(this.nanos);
	}

}
