package dev.switchboard.gateway.wire;

import dev.switchboard.options.Answers;
import dev.switchboard.provider.FinishReasons;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Why an answer ended, in a word that each wire has its own for.
 */
public enum AnswerEnd {

	/** The model has said what it had to say. */
	STOP,

	/** The answer is cut off: too many tokens. */
	LENGTH,

	/** It waits for the results of tools. */
	TOOL_CALLS,

	/** The provider or the model declined. */
	REFUSED;

	/**
	 * Reads it from the last chunk of an answer, or from a whole one.
	 * @param last the answer or chunk
	 * @param toolCalls whether the answer, of which this may be the last chunk only,
	 * calls tools
	 * @return why it ended; {@link #STOP} where nobody said
	 */
	public static AnswerEnd of(ChatResponse last, boolean toolCalls) {
		return switch (FinishReasons.judge(Answers.finishReason(last))) {
			case REFUSED -> REFUSED;
			case TRUNCATED -> LENGTH;
			default -> toolCalls ? TOOL_CALLS : STOP;
		};
	}

}
