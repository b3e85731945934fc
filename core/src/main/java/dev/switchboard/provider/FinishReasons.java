package dev.switchboard.provider;

import java.util.Locale;
import java.util.Set;

/**
 * What the providers' words for the end of an answer mean, whatever the wire and the case
 * they are written in. Taken from the API references of OpenAI (chat completions,
 * {@code finish_reason}), Anthropic (messages, {@code stop_reason}) and Google
 * (generateContent, {@code FinishReason}).
 */
public final class FinishReasons {

	private static final Set<String> REFUSALS = Set.of("content_filter", "refusal", "safety", "prohibited_content",
			"recitation", "blocklist", "spii", "image_safety", "image_prohibited_content", "image_recitation",
			"language");

	private static final Set<String> TRUNCATIONS = Set.of("length", "max_tokens", "model_context_window_exceeded");

	private FinishReasons() {
	}

	/**
	 * Whether the provider or the model declined to answer, or to go on.
	 * @param finishReason the provider's word
	 * @return whether it did
	 */
	public static boolean isRefusal(String finishReason) {
		return REFUSALS.contains(finishReason.toLowerCase(Locale.ROOT));
	}

	/**
	 * Whether the answer ended because it reached a limit, not its end.
	 * @param finishReason the provider's word
	 * @return whether it did
	 */
	public static boolean isTruncation(String finishReason) {
		return TRUNCATIONS.contains(finishReason.toLowerCase(Locale.ROOT));
	}

}
