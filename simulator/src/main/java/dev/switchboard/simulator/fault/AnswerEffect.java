package dev.switchboard.simulator.fault;

import java.util.function.UnaryOperator;

import dev.switchboard.simulator.chat.Answer;

/**
 * Answers a chat request with something else.
 */
record AnswerEffect(UnaryOperator<Answer> change) implements Effect {

	@Override
	public boolean appliesTo(FaultContext context) {
		return context.chat() != null;
	}

	@Override
	public Answer change(Answer answer) {
		return this.change.apply(answer);
	}

}
