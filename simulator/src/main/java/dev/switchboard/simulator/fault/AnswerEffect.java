package dev.switchboard.simulator.fault;

import java.util.function.UnaryOperator;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.FinishReason;

/**
 * Answers a chat request with something else.
 */
record AnswerEffect(UnaryOperator<Answer> change) implements Effect {

	static AnswerEffect empty(FinishReason reason) {
		return new AnswerEffect((answer) -> answer.withText("").withReasoning("").withoutToolCalls().finishing(reason));
	}

	@Override
	public boolean appliesTo(FaultContext context) {
		return context.chat() != null;
	}

	@Override
	public Answer change(Answer answer) {
		return this.change.apply(answer);
	}

}
