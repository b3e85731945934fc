package dev.switchboard.budget;

import java.util.List;
import java.util.function.Function;

import dev.switchboard.cost.Money;

/**
 * The answer to the question whether something may be spent.
 */
public sealed interface Admission {

	/**
	 * Reads this answer, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param admitted reads that it may
	 * @param refused reads that it may not
	 * @param unavailable reads that nobody can tell
	 * @return what the reader made of it
	 */
	<T> T match(Function<Admitted, T> admitted, Function<Refused, T> refused, Function<Unavailable, T> unavailable);

	/**
	 * It may, and is held back in every account.
	 *
	 * @param reservation what is held back; to be settled or released once
	 * @param balances how the accounts stand now, in the order of the claims, with this
	 * reservation
	 */
	record Admitted(Reservation reservation, List<Balance> balances) implements Admission {

		public Admitted {
			balances = List.copyOf(balances);
		}

		@Override
		public <T> T match(Function<Admitted, T> admitted, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable) {
			return admitted.apply(this);
		}

	}

	/**
	 * It may not, and nothing is held back anywhere.
	 *
	 * @param balance how the first account stands that does not have it
	 * @param limit what may be spent of that one
	 */
	record Refused(Balance balance, Money limit) implements Admission {

		@Override
		public <T> T match(Function<Admitted, T> admitted, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable) {
			return refused.apply(this);
		}

	}

	/**
	 * Nobody can tell at the moment, and by the rule for that case it may not. Nothing is
	 * held back anywhere.
	 *
	 * @param account the first account that it would have been held back in
	 * @param limit what may be spent of that one
	 */
	record Unavailable(Account account, Money limit) implements Admission {

		@Override
		public <T> T match(Function<Admitted, T> admitted, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable) {
			return unavailable.apply(this);
		}

	}

}
