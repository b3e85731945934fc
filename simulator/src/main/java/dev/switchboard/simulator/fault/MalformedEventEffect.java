package dev.switchboard.simulator.fault;

import java.util.Iterator;

import dev.switchboard.simulator.wire.Step;
import dev.switchboard.simulator.wire.Step.Finish;
import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Send;
import dev.switchboard.simulator.wire.StepRewriter;

/**
 * Puts one broken event into a stream that is sound otherwise.
 */
record MalformedEventEffect(int tokens) implements Effect {

	@Override
	public boolean appliesTo(FaultContext context) {
		return context.isStreamed();
	}

	@Override
	public Iterator<Step> change(Iterator<Step> steps, FaultContext context) {
		return new StepRewriter(steps) {

			private int sent;

			private boolean broken;

			@Override
			protected void rewrite(Step step) {
				boolean token = step instanceof Send send && send.part() == Part.TOKEN;
				boolean ending = step instanceof Finish
						|| (step instanceof Send send && send.part() == Part.END_MARKER);
				if (!this.broken && (ending || (token && this.sent == MalformedEventEffect.this.tokens))) {
					this.broken = true;
					emit(context.target().dialect().malformedEvent());
				}
				this.sent += token ? 1 : 0;
				emit(step);
			}

		};
	}

}
