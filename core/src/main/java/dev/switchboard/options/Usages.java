package dev.switchboard.options;

import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.google.genai.metadata.GoogleGenAiUsage;

/** Evens out how the wires count tokens. */
final class Usages {

	private static final String GEMINI = "org.springframework.ai.google.genai.metadata.GoogleGenAiUsage";

	private Usages() {
	}

	static @Nullable TokenUsage read(Usage usage) {
		long input = orZero(usage.getPromptTokens());
		long output = orZero(usage.getCompletionTokens());
		long cached = orZero(usage.getCacheReadInputTokens());
		long written = orZero(usage.getCacheWriteInputTokens());
		if (countsCachedApart(usage.getNativeUsage())) {
			input += cached + written;
		}
		if (usage.getClass().getName().equals(GEMINI)) {
			input += Gemini.toolUse(usage);
			output += Gemini.thoughts(usage);
		}
		if (input == 0 && output == 0) {
			return null;
		}
		return new TokenUsage(input, cached, written, output);
	}

	/**
	 * Anthropic's input tokens are those neither read from the cache nor written to it.
	 */
	private static boolean countsCachedApart(@Nullable Object nativeUsage) {
		if (nativeUsage == null) {
			return false;
		}
		String type = nativeUsage.getClass().getName();
		return type.startsWith("com.anthropic.") || type.startsWith("software.amazon.awssdk.");
	}

	private static long orZero(@Nullable Number number) {
		return (number != null) ? Math.max(0, number.longValue()) : 0;
	}

	/** Loaded only where {@code spring-ai-google-genai} is there. */
	private static final class Gemini {

		static long toolUse(Usage usage) {
			return orZero(((GoogleGenAiUsage) usage).getToolUsePromptTokenCount());
		}

		static long thoughts(Usage usage) {
			return orZero(((GoogleGenAiUsage) usage).getThoughtsTokenCount());
		}

	}

}
