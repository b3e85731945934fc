package dev.switchboard.simulator.fault;

import java.util.List;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.FinishReason;
import dev.switchboard.simulator.wire.ErrorKind;
import dev.switchboard.simulator.wire.ProviderError;
import dev.switchboard.simulator.wire.Step;

/**
 * Does not answer such a prompt, which some providers tell as an error and some as an
 * answer.
 */
record PromptBlockedEffect() implements Effect {

	@Override
	public boolean appliesTo(FaultContext context) {
		return context.chat() != null;
	}

	@Override
	public List<Step> instead(FaultContext context) {
		return switch (context.target().dialect().wire()) {
			case OPENAI, OPENAI_RESPONSES ->
				new ErrorEffect(ProviderError.of(ErrorKind.PROMPT_BLOCKED)).instead(context);
			case ANTHROPIC, GEMINI -> List.of();
		};
	}

	@Override
	public Answer change(Answer answer) {
		return AnswerEffect.empty(FinishReason.PROMPT_BLOCKED).change(answer);
	}

}
