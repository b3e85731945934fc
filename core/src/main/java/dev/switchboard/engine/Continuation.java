package dev.switchboard.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.switchboard.options.Answers;
import dev.switchboard.relay.RelayPrompt;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * How another target goes on with an answer of which the caller already has the
 * beginning.
 */
abstract sealed class Continuation {

	/** What the caller already has. */
	final String begun;

	private Continuation(String begun) {
		this.begun = begun;
	}

	/** What the other target is asked. */
	abstract Prompt prompt(Prompt original);

	/**
	 * What of a chunk is new to the caller.
	 * @param chunk a chunk of the other target's answer
	 * @return the new part; {@code null} if there is none
	 * @throws Diverged if the answer isn't the one that the caller has the beginning of
	 */
	abstract @Nullable ChatResponse newPartOf(ChatResponse chunk);

	/** Whether everything that the caller already had has come again. */
	abstract boolean isCaughtUp();

	/**
	 * Whether an answer to a prompt can be gone on with: what was relayed is gone on with
	 * in the words of Spring AI.
	 */
	static boolean isPossible(Prompt prompt) {
		return !(prompt instanceof RelayPrompt relayed) || relayed.request().isTranslatable();
	}

	/** What the caller has by now. */
	abstract String passedOn(CharSequence answerSoFar);

	private static ChatResponse withText(ChatResponse chunk, String text) {
		Generation generation = Objects.requireNonNull(chunk.getResult(), "A chunk with text has a result");
		AssistantMessage message = AssistantMessage.builder()
			.content(text)
			.properties(generation.getOutput().getMetadata())
			.build();
		return new ChatResponse(List.of(new Generation(message, generation.getMetadata())), chunk.getMetadata());
	}

	/** The other target's answer is not the one that was begun. */
	static final class Diverged extends RuntimeException {

		Diverged() {
			super("The other target's answer begins differently", null, false, false);
		}

	}

	/**
	 * The other target is asked the same, and its answer must begin with exactly what the
	 * caller already has.
	 */
	static final class Verified extends Continuation {

		private int matched;

		Verified(String begun) {
			super(begun);
		}

		@Override
		Prompt prompt(Prompt original) {
			return (original instanceof RelayPrompt relayed) ? relayed.request().translated() : original;
		}

		@Override
		@Nullable ChatResponse newPartOf(ChatResponse chunk) {
			String text = Answers.text(chunk);
			if (Answers.hasToolCalls(chunk)) {
				throw new Diverged();
			}
			int repeated = Math.min(text.length(), this.begun.length() - this.matched);
			if (!this.begun.regionMatches(this.matched, text, 0, repeated)) {
				throw new Diverged();
			}
			this.matched += repeated;
			return (text.length() > repeated) ? withText(chunk, text.substring(repeated)) : null;
		}

		@Override
		boolean isCaughtUp() {
			return this.matched == this.begun.length();
		}

		@Override
		String passedOn(CharSequence answerSoFar) {
			return isCaughtUp() ? answerSoFar.toString() : this.begun;
		}

	}

	/**
	 * The other target is given what the caller already has as the beginning of its own
	 * answer.
	 */
	static final class Prefilled extends Continuation {

		private final String prefix;

		private String dueWhitespace;

		Prefilled(String begun) {
			super(begun);
			// A prefix must not end in white space; Anthropic refuses it. What is cut off
			// here
			// comes back at the beginning of the continuation.
			this.prefix = begun.stripTrailing();
			this.dueWhitespace = begun.substring(this.prefix.length());
		}

		@Override
		Prompt prompt(Prompt original) {
			List<Message> messages = new ArrayList<>(original.getInstructions());
			messages.add(new AssistantMessage(this.prefix));
			return new Prompt(messages, original.getOptions());
		}

		@Override
		@Nullable ChatResponse newPartOf(ChatResponse chunk) {
			if (Answers.hasToolCalls(chunk)) {
				throw new Diverged();
			}
			String text = Answers.text(chunk);
			int repeated = 0;
			while (repeated < text.length() && repeated < this.dueWhitespace.length()
					&& text.charAt(repeated) == this.dueWhitespace.charAt(repeated)) {
				repeated++;
			}
			this.dueWhitespace = (repeated == text.length()) ? this.dueWhitespace.substring(repeated) : "";
			return (text.length() > repeated) ? withText(chunk, text.substring(repeated)) : null;
		}

		@Override
		boolean isCaughtUp() {
			return true;
		}

		@Override
		String passedOn(CharSequence answerSoFar) {
			return (answerSoFar.length() > this.begun.length() - this.prefix.length()) ? this.prefix + answerSoFar
					: this.begun;
		}

	}

}
