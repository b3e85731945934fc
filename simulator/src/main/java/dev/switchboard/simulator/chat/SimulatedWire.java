package dev.switchboard.simulator.chat;

/**
 * The HTTP dialects that a simulated provider speaks. Every provider speaks all of them.
 */
public enum SimulatedWire {

	/** OpenAI's chat completions, embeddings and models. */
	OPENAI("/v1"),

	/** OpenAI's responses. */
	OPENAI_RESPONSES("/v1"),

	/** Anthropic's messages. */
	ANTHROPIC(""),

	/** Google's Gemini. */
	GEMINI("");

	private final String basePath;

	SimulatedWire(String basePath) {
		this.basePath = basePath;
	}

	/**
	 * What the clients of this wire expect a base URL to end with.
	 * @return a path such as {@code /v1}, or nothing
	 */
	public String basePath() {
		return this.basePath;
	}

}
