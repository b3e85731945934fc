package dev.switchboard.simulator.wire;

import java.util.Objects;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.FinishReason;
import dev.switchboard.simulator.chat.Tokens;
import dev.switchboard.simulator.chat.Usage;

/**
 * One answer to one request, ready to be written.
 *
 * @param request the request
 * @param answer the answer
 * @param usage its tokens
 * @param number the number of the request at this simulator, from which identifiers are
 * made
 * @param created when it is answered, in seconds since 1970
 */
public record Reply(ChatRequest request, Answer answer, Usage usage, long number, long created) {

	public Reply {
		Objects.requireNonNull(request, "request");
		Objects.requireNonNull(answer, "answer");
		Objects.requireNonNull(usage, "usage");
	}

	/**
	 * A reply with its tokens counted.
	 * @param request the request
	 * @param answer the answer
	 * @param number the number of the request
	 * @param created when it is answered, in seconds since 1970
	 * @return the reply
	 */
	public static Reply of(ChatRequest request, Answer answer, long number, long created) {
		return new Reply(request, answer, Tokens.usage(request, answer), number, created);
	}

	String model() {
		String named = this.answer.responseModel();
		return (named != null) ? named : this.request.model();
	}

	String id(String prefix) {
		return Identifiers.of(prefix, this.number);
	}

	String callId(String prefix, int index) {
		String given = this.answer.toolCalls().get(index).id();
		return (given != null) ? given : Identifiers.of(prefix + index + "_", this.number);
	}

	boolean isFiltered() {
		return this.answer.finishReason() == FinishReason.CONTENT_FILTER;
	}

	boolean isBlocked() {
		return this.answer.finishReason() == FinishReason.PROMPT_BLOCKED;
	}

}
