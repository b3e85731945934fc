package dev.switchboard.simulator.chat;

/**
 * Why a model stopped; each wire has its own word for it.
 */
public enum FinishReason {

	/** The answer is whole. */
	STOP,

	/** The answer reached the limit of tokens. */
	LENGTH,

	/** The model wants tools called. */
	TOOL_CALLS,

	/** The provider withheld the answer, or the rest of it. */
	CONTENT_FILTER,

	/** The provider withheld the answer because of the prompt, and did not even begin. */
	PROMPT_BLOCKED

}
