package dev.switchboard.engine;

import java.time.Duration;
import java.util.function.Function;

import dev.switchboard.budget.Hold;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.cost.Cost;
import dev.switchboard.health.Permit;
import dev.switchboard.route.Target;

/**
 * What a call does next.
 */
sealed interface Step {

	<T> T match(Function<Send, T> send, Function<Pause, T> pause, Function<End, T> end);

	/**
	 * Send a request to a target.
	 *
	 * @param target who is asked
	 * @param permit the leave to ask, to be used up by whoever sends
	 * @param number which attempt of the call, from 1
	 * @param hold what the provider's budgets hold back for it, to be settled at its end
	 */
	record Send(Target target, Permit permit, int number, Hold hold) implements Step {

		/** Nothing is sent. */
		void giveBack() {
			this.permit.released();
			this.hold.settle(Cost.ZERO);
		}

		@Override
		public <T> T match(Function<Send, T> send, Function<Pause, T> pause, Function<End, T> end) {
			return send.apply(this);
		}

	}

	/**
	 * Wait, then ask for the step after the pause.
	 *
	 * @param duration how long
	 */
	record Pause(Duration duration) implements Step {

		@Override
		public <T> T match(Function<Send, T> send, Function<Pause, T> pause, Function<End, T> end) {
			return pause.apply(this);
		}

	}

	/**
	 * No further attempt.
	 *
	 * @param outcome how the call ends
	 */
	record End(CallOutcome outcome) implements Step {

		@Override
		public <T> T match(Function<Send, T> send, Function<Pause, T> pause, Function<End, T> end) {
			return end.apply(this);
		}

	}

}
