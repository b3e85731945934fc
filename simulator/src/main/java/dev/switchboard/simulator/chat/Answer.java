package dev.switchboard.simulator.chat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a simulated model answers. Immutable; the {@code with} methods give copies.
 *
 * @param text the text; empty when there is none
 * @param reasoning the reasoning shown before the text; empty when there is none
 * @param toolCalls the tools to be called, in parallel when several
 * @param finishReason why the answer ends
 * @param refusal whether the text is the model's own refusal, which the OpenAI wires tell
 * in a field of its own
 * @param usage the tokens to report; when null they are counted
 * @param cachedInputTokens how many input tokens to report as cached when they are
 * counted
 * @param usageReported whether usage is told at all
 * @param chunkSize the characters of one streamed chunk, one or more; default 4, which is
 * one token
 * @param pace the pause before every streamed chunk but the first; default none
 * @param firstTokenDelay the pause before the first content; default none
 * @param responseModel the model that the answer names; when null, the one asked for
 */
public record Answer(String text, String reasoning, List<ToolCall> toolCalls, FinishReason finishReason,
		boolean refusal, @Nullable Usage usage, long cachedInputTokens, boolean usageReported, int chunkSize,
		Duration pace, Duration firstTokenDelay, @Nullable String responseModel) {

	public Answer {
		Objects.requireNonNull(text, "text");
		Objects.requireNonNull(reasoning, "reasoning");
		toolCalls = List.copyOf(toolCalls);
		Objects.requireNonNull(finishReason, "finishReason");
		if (cachedInputTokens < 0) {
			throw new IllegalArgumentException("Cached input tokens are zero or more, but were " + cachedInputTokens);
		}
		if (chunkSize < 1) {
			throw new IllegalArgumentException("A chunk holds one character or more, but was to hold " + chunkSize);
		}
		requireNotNegative(pace, "pace");
		requireNotNegative(firstTokenDelay, "first token delay");
	}

	private static void requireNotNegative(Duration duration, String what) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("The " + what + " is zero or more, but was " + duration);
		}
	}

	/**
	 * An answer of text.
	 * @param text the text
	 * @return the answer
	 */
	public static Answer text(String text) {
		return new Answer(text, "", List.of(), FinishReason.STOP, false, null, 0, true, Tokens.CHARACTERS,
				Duration.ZERO, Duration.ZERO, null);
	}

	/**
	 * An answer that wants tools called.
	 * @param calls the calls, one or more
	 * @return the answer
	 */
	public static Answer toolCalls(ToolCall... calls) {
		return text("").withToolCalls(calls);
	}

	/**
	 * An answer in which the model refuses.
	 * @param text what it says
	 * @return the answer, ending in {@link FinishReason#CONTENT_FILTER}
	 */
	public static Answer refusal(String text) {
		return text(text).with((draft) -> {
			draft.refusal = true;
			draft.finishReason = FinishReason.CONTENT_FILTER;
		});
	}

	/**
	 * The same answer with other text.
	 * @param text the text
	 * @return a copy
	 */
	public Answer withText(String text) {
		return with((draft) -> draft.text = text);
	}

	/**
	 * The same answer with reasoning before it.
	 * @param reasoning the reasoning
	 * @return a copy
	 */
	public Answer withReasoning(String reasoning) {
		return with((draft) -> draft.reasoning = reasoning);
	}

	/**
	 * The same answer with these tool calls after its text, ending in
	 * {@link FinishReason#TOOL_CALLS}.
	 * @param calls the calls, one or more
	 * @return a copy
	 */
	public Answer withToolCalls(ToolCall... calls) {
		if (calls.length == 0) {
			throw new IllegalArgumentException("An answer of tool calls needs one at least");
		}
		return with((draft) -> {
			draft.toolCalls = List.of(calls);
			draft.finishReason = FinishReason.TOOL_CALLS;
		});
	}

	/**
	 * The same answer, wanting no tools called.
	 * @return a copy, ending in {@link FinishReason#STOP} if it ended in tool calls
	 */
	public Answer withoutToolCalls() {
		return with((draft) -> {
			draft.toolCalls = List.of();
			draft.finishReason = (this.finishReason == FinishReason.TOOL_CALLS) ? FinishReason.STOP : this.finishReason;
		});
	}

	/**
	 * The same answer with another end.
	 * @param reason why it ends
	 * @return a copy
	 */
	public Answer finishing(FinishReason reason) {
		return with((draft) -> draft.finishReason = reason);
	}

	/**
	 * The same answer with these tokens reported instead of the counted ones.
	 * @param usage the tokens
	 * @return a copy
	 */
	public Answer withUsage(Usage usage) {
		return with((draft) -> {
			draft.usage = usage;
			draft.usageReported = true;
		});
	}

	/**
	 * The same answer with some of the counted input reported as cached.
	 * @param tokens the cached tokens, zero or more; never more than the input is
	 * reported
	 * @return a copy
	 */
	public Answer withCachedInputTokens(long tokens) {
		return with((draft) -> draft.cachedInputTokens = tokens);
	}

	/**
	 * The same answer without a word about tokens.
	 * @return a copy
	 */
	public Answer withoutUsage() {
		return with((draft) -> {
			draft.usage = null;
			draft.usageReported = false;
		});
	}

	/**
	 * The same answer in larger or smaller chunks when streamed.
	 * @param characters the characters of a chunk, one or more
	 * @return a copy
	 */
	public Answer inChunksOf(int characters) {
		return with((draft) -> draft.chunkSize = characters);
	}

	/**
	 * The same answer, streamed with pauses.
	 * @param perChunk the pause between two chunks
	 * @return a copy
	 */
	public Answer paced(Duration perChunk) {
		return with((draft) -> draft.pace = perChunk);
	}

	/**
	 * The same answer after some thought, streamed or not.
	 * @param delay the time until the first content
	 * @return a copy
	 */
	public Answer after(Duration delay) {
		return with((draft) -> draft.firstTokenDelay = delay);
	}

	/**
	 * The same answer, naming a model of its own, as providers do that resolve an alias.
	 * @param model the model
	 * @return a copy
	 */
	public Answer servedBy(String model) {
		return with((draft) -> draft.responseModel = model);
	}

	private Answer with(Consumer<Draft> change) {
		Draft draft = new Draft(this);
		change.accept(draft);
		return new Answer(draft.text, draft.reasoning, draft.toolCalls, draft.finishReason, draft.refusal, draft.usage,
				draft.cachedInputTokens, draft.usageReported, draft.chunkSize, draft.pace, draft.firstTokenDelay,
				draft.responseModel);
	}

	private static final class Draft {

		private String text;

		private String reasoning;

		private List<ToolCall> toolCalls;

		private FinishReason finishReason;

		private boolean refusal;

		private @Nullable Usage usage;

		private long cachedInputTokens;

		private boolean usageReported;

		private int chunkSize;

		private Duration pace;

		private Duration firstTokenDelay;

		private @Nullable String responseModel;

		private Draft(Answer answer) {
			this.text = answer.text;
			this.reasoning = answer.reasoning;
			this.toolCalls = answer.toolCalls;
			this.finishReason = answer.finishReason;
			this.refusal = answer.refusal;
			this.usage = answer.usage;
			this.cachedInputTokens = answer.cachedInputTokens;
			this.usageReported = answer.usageReported;
			this.chunkSize = answer.chunkSize;
			this.pace = answer.pace;
			this.firstTokenDelay = answer.firstTokenDelay;
			this.responseModel = answer.responseModel;
		}

	}

}
