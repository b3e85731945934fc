package dev.switchboard.budget;

import java.time.Instant;
import java.util.List;

import dev.switchboard.cost.Money;

/**
 * An amount that is held back in some accounts until it is known what was spent.
 *
 * @param id tells it from every other, on every node
 * @param accounts the accounts
 * @param amount what is held back in each of them
 * @param expires from when on a store that is shared by several nodes may take it for
 * lost with the node that made it
 */
public record Reservation(String id, List<Account> accounts, Money amount, Instant expires) {

	public Reservation {
		accounts = List.copyOf(accounts);
	}

}
