package dev.switchboard.relay;

import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.route.Wire;

/**
 * The endpoints of the providers to which requests are relayed.
 */
public enum RelayEndpoint {

	/** OpenAI's chat completions. */
	OPENAI_CHAT(Wire.OPENAI, "/chat/completions"),

	/** OpenAI's responses. */
	OPENAI_RESPONSES(Wire.OPENAI, "/responses"),

	/** OpenAI's embeddings. */
	OPENAI_EMBEDDINGS(Wire.OPENAI, "/embeddings"),

	/** Anthropic's messages. */
	ANTHROPIC_MESSAGES(Wire.ANTHROPIC, "/v1/messages");

	private final Wire wire;

	private final String path;

	RelayEndpoint(Wire wire, String path) {
		this.wire = wire;
		this.path = path;
	}

	/**
	 * The wire that a provider must speak to have this endpoint.
	 * @return the wire
	 */
	public Wire wire() {
		return this.wire;
	}

	/**
	 * Where a provider has it.
	 * @param settings the provider
	 * @return the path below its base URL
	 */
	public String path(ProviderSettings settings) {
		boolean doubled = this.path.startsWith("/v1/") && settings.baseUrl().getPath().endsWith("/v1");
		return doubled ? this.path.substring("/v1".length()) : this.path;
	}

	WireReader reader() {
		return switch (this) {
			case OPENAI_CHAT -> new OpenAiChatReader();
			case OPENAI_RESPONSES -> new OpenAiResponsesReader();
			case OPENAI_EMBEDDINGS -> new OpenAiEmbeddingsReader();
			case ANTHROPIC_MESSAGES -> new AnthropicReader();
		};
	}

}
