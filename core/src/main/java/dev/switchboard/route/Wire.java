package dev.switchboard.route;

/**
 * The HTTP dialect that a provider speaks.
 */
public enum Wire {

	/** OpenAI's chat completions, and everything compatible with them. */
	OPENAI,

	/** Anthropic's messages. */
	ANTHROPIC,

	/** Google's generateContent. */
	GEMINI

}
