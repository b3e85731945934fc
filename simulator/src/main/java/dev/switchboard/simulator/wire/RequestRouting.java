package dev.switchboard.simulator.wire;

import java.util.function.UnaryOperator;

/**
 * Finds out what a request asks for. Only the end of a path counts, because providers put
 * different things before it.
 */
public final class RequestRouting {

	private static final Dialect OPENAI = new OpenAiChatWire();

	private static final Dialect RESPONSES = new OpenAiResponsesWire();

	private static final Dialect ANTHROPIC = new AnthropicMessagesWire();

	private static final Dialect GEMINI = new GeminiWire();

	private RequestRouting() {
	}

	/**
	 * What a request asks for.
	 * @param method the HTTP method
	 * @param provider the provider's name
	 * @param path the path after the provider's name, without query
	 * @param header gives the value of a header, or an empty string
	 * @return the target, of {@link Endpoint#UNKNOWN} when there is no such thing
	 */
	public static RequestTarget target(String method, String provider, String path, UnaryOperator<String> header) {
		boolean anthropic = !header.apply("anthropic-version").isEmpty() || !header.apply("x-api-key").isEmpty();
		if ("POST".equals(method)) {
			return post(provider, path, anthropic);
		}
		if (!"GET".equals(method)) {
			return new RequestTarget(anthropic ? ANTHROPIC : OPENAI, Endpoint.UNKNOWN, provider, "", false);
		}
		boolean gemini = path.contains("/v1beta/") || !header.apply("x-goog-api-key").isEmpty();
		Dialect dialect = gemini ? GEMINI : (anthropic ? ANTHROPIC : OPENAI);
		if (path.endsWith("/models")) {
			return new RequestTarget(dialect, Endpoint.MODELS, provider, "", false);
		}
		int model = path.indexOf("/models/");
		if (model >= 0) {
			return new RequestTarget(dialect, Endpoint.MODEL, provider, path.substring(model + "/models/".length()),
					false);
		}
		return new RequestTarget(dialect, Endpoint.UNKNOWN, provider, "", false);
	}

	private static RequestTarget post(String provider, String path, boolean anthropic) {
		if (path.endsWith("/chat/completions")) {
			return new RequestTarget(OPENAI, Endpoint.CHAT, provider, "", false);
		}
		if (path.endsWith("/responses")) {
			return new RequestTarget(RESPONSES, Endpoint.CHAT, provider, "", false);
		}
		if (path.endsWith("/embeddings")) {
			return new RequestTarget(OPENAI, Endpoint.EMBEDDINGS, provider, "", false);
		}
		if (path.endsWith("/messages")) {
			return new RequestTarget(ANTHROPIC, Endpoint.CHAT, provider, "", false);
		}
		if (path.endsWith("/messages/count_tokens")) {
			return new RequestTarget(ANTHROPIC, Endpoint.COUNT_TOKENS, provider, "", false);
		}
		int colon = path.lastIndexOf(':');
		int models = path.indexOf("/models/");
		if (models >= 0 && colon > models) {
			return gemini(provider, path.substring(models + "/models/".length(), colon), path.substring(colon + 1));
		}
		return new RequestTarget(anthropic ? ANTHROPIC : OPENAI, Endpoint.UNKNOWN, provider, "", false);
	}

	private static RequestTarget gemini(String provider, String model, String action) {
		Endpoint endpoint = switch (action) {
			case "generateContent", "streamGenerateContent" -> Endpoint.CHAT;
			case "countTokens" -> Endpoint.COUNT_TOKENS;
			case "embedContent", "batchEmbedContents" -> Endpoint.EMBEDDINGS;
			default -> Endpoint.UNKNOWN;
		};
		return new RequestTarget(GEMINI, endpoint, provider, model, "streamGenerateContent".equals(action));
	}

}
