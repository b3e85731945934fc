package dev.switchboard.engine;

import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.LimitRefusal;
import dev.switchboard.limit.LimitHold;
import dev.switchboard.limit.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls pass that limits have room for. It is asked before the budgets: a call that
 * is refused must not hold back money.
 */
final class LimitGate {

	private final Limits limits;

	LimitGate(Limits limits) {
		this.limits = limits;
	}

	/**
	 * Lets a call begin.
	 * @param mayBeRemembered whether it may yet turn out to need no tokens
	 * @throws CallEnded if a limit refuses
	 */
	void begin(CallInProgress call, boolean mayBeRemembered) {
		if (this.limits.concernCalls()) {
			call.limits(this.limits.hold(call.context(), true));
			pass(mayBeRemembered ? call.limits().take(call.route().name(), null) : takeAll(call));
		}
	}

	/**
	 * Lets a call go on to the attempts of its route. A call on which nobody waits, as
	 * its answer is to be remembered only, was not let begin: it takes tokens alone.
	 * @throws CallEnded if a limit refuses
	 */
	void send(CallInProgress call) {
		if (this.limits.concernCalls()) {
			if (call.limits() == LimitHold.NONE) {
				call.limits(this.limits.hold(call.context(), false));
			}
			pass(takeAll(call));
		}
	}

	private static @Nullable LimitRefusal takeAll(CallInProgress call) {
		return call.limits().take(call.route().name(), () -> call.facts().inputTokens());
	}

	private static void pass(@Nullable LimitRefusal refusal) {
		if (refusal != null) {
			throw new CallEnded(new CallOutcome.OverLimit(refusal), false);
		}
	}

}
