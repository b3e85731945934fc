package dev.switchboard.simulator.fault;

import java.util.List;

import dev.switchboard.simulator.chat.Role;
import dev.switchboard.simulator.wire.ErrorKind;
import dev.switchboard.simulator.wire.ProviderError;
import dev.switchboard.simulator.wire.Replies;
import dev.switchboard.simulator.wire.Step;

/**
 * Answers with an error.
 */
record ErrorEffect(ProviderError error) implements Effect {

	@Override
	public boolean appliesTo(FaultContext context) {
		return this.error.kind() != ErrorKind.PREFILL_REFUSED
				|| (context.chat() != null && context.chat().lastRole() == Role.ASSISTANT);
	}

	@Override
	public List<Step> instead(FaultContext context) {
		return Replies.error(context.target().dialect(), this.error, context.model(), context.requestId());
	}

}
