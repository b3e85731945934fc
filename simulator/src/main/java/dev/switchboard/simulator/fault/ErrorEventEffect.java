package dev.switchboard.simulator.fault;

import java.util.Iterator;
import java.util.List;

import dev.switchboard.simulator.wire.Dialect;
import dev.switchboard.simulator.wire.ProviderError;
import dev.switchboard.simulator.wire.Step;
import dev.switchboard.simulator.wire.Step.Finish;

/**
 * Tells an error in the middle of a stream; where nothing is streamed, before the answer.
 */
record ErrorEventEffect(int tokens, ProviderError error) implements Effect {

	@Override
	public List<Step> instead(FaultContext context) {
		return context.isStreamed() ? List.of() : new ErrorEffect(this.error).instead(context);
	}

	@Override
	public Iterator<Step> change(Iterator<Step> steps, FaultContext context) {
		return new AfterTokens(this.tokens, true, this::ending).change(steps, context);
	}

	private List<Step> ending(FaultContext context) {
		Dialect dialect = context.target().dialect();
		return List.of(dialect.errorEvent(this.error, context.model(), context.requestId()), new Finish());
	}

}
