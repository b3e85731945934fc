package dev.switchboard.budget;

import java.util.function.Function;
import java.util.function.Supplier;

import dev.switchboard.route.RouteName;

/**
 * What becomes of a call that may cost more than its budget has left.
 */
public sealed interface OnLimit {

	/**
	 * Reads this choice, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param refuse reads that it is refused
	 * @param warn reads that it goes on
	 * @param degrade reads that it goes on with another route
	 * @return what the reader made of it
	 */
	<T> T match(Supplier<T> refuse, Supplier<T> warn, Function<Degrade, T> degrade);

	/** The call is refused. */
	record Refuse() implements OnLimit {

		@Override
		public <T> T match(Supplier<T> refuse, Supplier<T> warn, Function<Degrade, T> degrade) {
			return refuse.get();
		}

	}

	/** The call goes on, and an operator is told. */
	record Warn() implements OnLimit {

		@Override
		public <T> T match(Supplier<T> refuse, Supplier<T> warn, Function<Degrade, T> degrade) {
			return warn.get();
		}

	}

	/**
	 * The call goes on with another route, where it still counts in the budget but is no
	 * longer held back by it.
	 *
	 * @param route the other route
	 */
	record Degrade(RouteName route) implements OnLimit {

		@Override
		public <T> T match(Supplier<T> refuse, Supplier<T> warn, Function<Degrade, T> degrade) {
			return degrade.apply(this);
		}

	}

}
