package dev.switchboard.simulator.fault;

import java.util.Iterator;

import dev.switchboard.simulator.wire.Step;
import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Send;
import dev.switchboard.simulator.wire.StepRewriter;

/**
 * Leaves out the mark that ends a stream.
 */
record MissingEndMarkerEffect() implements Effect {

	@Override
	public boolean appliesTo(FaultContext context) {
		return context.isStreamed();
	}

	@Override
	public Iterator<Step> change(Iterator<Step> steps, FaultContext context) {
		return new StepRewriter(steps) {

			@Override
			protected void rewrite(Step step) {
				if (!(step instanceof Send send && send.part() == Part.END_MARKER)) {
					emit(step);
				}
			}

		};
	}

}
