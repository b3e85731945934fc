package dev.switchboard.simulator.fault;

import java.util.List;
import java.util.function.Function;

import dev.switchboard.simulator.wire.Step;

/**
 * Does something else than answering.
 */
record InsteadEffect(Function<FaultContext, List<Step>> steps) implements Effect {

	@Override
	public List<Step> instead(FaultContext context) {
		return this.steps.apply(context);
	}

}
