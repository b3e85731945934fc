package dev.switchboard.simulator.chat;

/**
 * Who speaks in a message.
 */
public enum Role {

	/** Instructions of the application; also what OpenAI calls {@code developer}. */
	SYSTEM,

	/** The user. */
	USER,

	/** The model. */
	ASSISTANT,

	/** The result of a tool, also where a wire carries it inside a user's message. */
	TOOL

}
