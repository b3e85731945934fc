package dev.switchboard.provider;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * What a provider's word for why an answer ended amounts to, on any wire.
 */
public final class FinishReasons {

	private static final Set<String> NORMAL = Set.of("stop", "end_turn", "stop_sequence", "tool_use", "tool_calls",
			"function_call", "pause_turn", "eos", "complete", "completed", "compaction");

	private static final Set<String> TRUNCATED = Set.of("length", "max_tokens", "max_output_tokens", "model_length",
			"model_context_window_exceeded");

	private static final Set<String> REFUSED = Set.of("content_filter", "content_filtered", "refusal", "safety",
			"recitation", "blocklist", "prohibited_content", "spii", "image_safety", "image_prohibited_content",
			"image_recitation", "model_armor", "sensitive", "guardrail_intervened");

	private static final Set<String> BROKEN = Set.of("error", "malformed_function_call", "unexpected_tool_call",
			"too_many_tool_calls", "missing_thought_signature", "malformed_response", "no_image", "image_other",
			"other", "network_error", "insufficient_system_resource", "repetition_truncation");

	private FinishReasons() {
	}

	/**
	 * Judges a finish reason.
	 * @param reason the provider's or Spring AI's word, in any case; {@code null} if
	 * there was none
	 * @return what it amounts to; {@link Finish#NORMAL} for a word that nobody knows yet
	 */
	public static Finish judge(@Nullable String reason) {
		String word = (reason != null) ? reason.strip().toLowerCase(Locale.ROOT).replace('-', '_') : "";
		if (word.isEmpty() || word.equals("_unknown") || word.equals("null") || word.equals("unknown")
				|| word.equals("finish_reason_unspecified")) {
			return Finish.MISSING;
		}
		if (NORMAL.contains(word)) {
			return Finish.NORMAL;
		}
		if (TRUNCATED.contains(word)) {
			return Finish.TRUNCATED;
		}
		if (REFUSED.contains(word)) {
			return Finish.REFUSED;
		}
		return BROKEN.contains(word) ? Finish.BROKEN : Finish.NORMAL;
	}

	/**
	 * Judges how an answer, or a chunk of one, ended.
	 * @param answer the answer
	 * @return the verdict on the last of its generations that has one; a refusal that
	 * OpenAI's models put in place of content counts as {@link Finish#REFUSED}
	 */
	public static Finish judge(ChatResponse answer) {
		Finish finish = Finish.MISSING;
		for (Generation generation : answer.getResults()) {
			Object refusal = generation.getOutput().getMetadata().get("refusal");
			if (refusal instanceof String text && !text.isEmpty()) {
				return Finish.REFUSED;
			}
			Finish judged = judge(generation.getMetadata().getFinishReason());
			finish = (judged != Finish.MISSING) ? judged : finish;
		}
		return finish;
	}

	/**
	 * How an answer ended.
	 */
	public enum Finish {

		/** The model has said what it had to say, or waits for its tools. */
		NORMAL,

		/** The answer is cut off: too many tokens. */
		TRUNCATED,

		/** The provider or the model declined to answer. */
		REFUSED,

		/** Something went wrong at the provider; what there is cannot be relied on. */
		BROKEN,

		/** No word on it: the answer goes on, or was broken off. */
		MISSING

	}

}
