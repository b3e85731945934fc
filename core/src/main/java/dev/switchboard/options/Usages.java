package dev.switchboard.options;

import java.util.Optional;

import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.OutputTokensDetails;
import com.openai.models.completions.CompletionUsage;
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
		Object counted = usage.getNativeUsage();
		if (counted instanceof TokenUsage tokens) {
			return tokens;
		}
		long input = orZero(usage.getPromptTokens());
		long output = orZero(usage.getCompletionTokens());
		long cached = orZero(usage.getCacheReadInputTokens());
		long written = orZero(usage.getCacheWriteInputTokens());
		long reasoning = 0;
		if (countsCachedApart(counted)) {
			input += cached + written;
		}
		if (usage.getClass().getName().equals(GEMINI)) {
			input += Gemini.toolUse(usage);
			reasoning = Gemini.thoughts(usage);
			output += reasoning;
		}
		else if (counted != null) {
			reasoning = reasoning(counted);
		}
		if (input == 0 && output == 0) {
			return null;
		}
		// A part of the output, whatever a provider says.
		return new TokenUsage(input, cached, written, output, Math.min(output, reasoning));
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

	/**
	 * Of fields and not of values, as the latter throw where a provider tells nonsense.
	 */
	private static long reasoning(Object counted) {
		String type = counted.getClass().getName();
		if (type.startsWith("com.openai.")) {
			return OpenAi.reasoning(counted);
		}
		return type.startsWith("com.anthropic.") ? Anthropic.thinking(counted) : 0;
	}

	private static long orZero(@Nullable Number number) {
		return (number != null) ? Math.max(0, number.longValue()) : 0;
	}

	/** Loaded only where {@code spring-ai-openai} is there. */
	private static final class OpenAi {

		static long reasoning(Object counted) {
			return (counted instanceof CompletionUsage usage) ? orZero(usage._completionTokensDetails()
				.asKnown()
				.flatMap((details) -> details._reasoningTokens().asKnown())
				.orElse(null)) : 0;
		}

	}

	/** Loaded only where {@code spring-ai-anthropic} is there. */
	private static final class Anthropic {

		static long thinking(Object counted) {
			Optional<OutputTokensDetails> details = Optional.empty();
			if (counted instanceof com.anthropic.models.messages.Usage usage) {
				details = usage._outputTokensDetails().asKnown();
			}
			else if (counted instanceof MessageDeltaUsage usage) {
				details = usage._outputTokensDetails().asKnown();
			}
			return orZero(details.flatMap((told) -> told._thinkingTokens().asKnown()).orElse(null));
		}

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
