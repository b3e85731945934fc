package dev.switchboard.simulator.fault;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

import dev.switchboard.simulator.wire.Step;
import dev.switchboard.simulator.wire.Step.Finish;
import dev.switchboard.simulator.wire.Step.Head;
import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Send;
import dev.switchboard.simulator.wire.StepRewriter;

/**
 * Ends a stream after some tokens in its own way, or before the end when there are fewer
 * tokens. A body that is not streamed ends after its first half.
 */
record AfterTokens(int tokens, boolean clean, Function<FaultContext, List<Step>> ending) implements Effect {

	AfterTokens {
		if (tokens < 0) {
			throw new IllegalArgumentException("A stream breaks after no or some tokens, but not after " + tokens);
		}
	}

	static AfterTokens then(int tokens, Step last) {
		return new AfterTokens(tokens, last instanceof Finish, (context) -> List.of(last));
	}

	@Override
	public Iterator<Step> change(Iterator<Step> steps, FaultContext context) {
		return new Ending(steps, context);
	}

	private final class Ending extends StepRewriter {

		private final FaultContext context;

		private int sent;

		private Ending(Iterator<Step> steps, FaultContext context) {
			super(steps);
			this.context = context;
		}

		@Override
		protected void rewrite(Step step) {
			if (step instanceof Head head) {
				emit(AfterTokens.this.clean ? new Head(head.status(), head.headers(), -1) : head);
			}
			else if (step instanceof Send send && send.part() == Part.WHOLE) {
				emit(new Send(Part.WHOLE, Arrays.copyOf(send.bytes(), send.bytes().length / 2)));
				stop();
			}
			else if (step instanceof Send send && send.part() == Part.TOKEN && AfterTokens.this.tokens > 0) {
				emit(step);
				this.sent++;
				if (this.sent == AfterTokens.this.tokens) {
					stop();
				}
			}
			else if (step instanceof Finish || (step instanceof Send send && send.part() != Part.FRAME)) {
				stop();
			}
			else {
				emit(step);
			}
		}

		private void stop() {
			AfterTokens.this.ending.apply(this.context).forEach(this::emit);
			end();
		}

	}

}
