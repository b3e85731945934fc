package dev.switchboard.gateway.sdk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatMessage;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.DefaultAnswer;

/**
 * What a provider was asked, whatever wire it came on, and what it answers in turn.
 */
final class Conversation implements Function<ChatRequest, Answer> {

	private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();

	private final List<Answer> answers;

	/**
	 * A conversation.
	 * @param answers the answers; none for what a simulated model makes up
	 */
	Conversation(Answer... answers) {
		this.answers = List.of(answers);
	}

	@Override
	public Answer apply(ChatRequest request) {
		this.requests.add(request);
		return this.answers.isEmpty() ? new DefaultAnswer().apply(request) : this.answers.get(this.requests.size() - 1);
	}

	/** The only request so far. */
	ChatRequest request() {
		if (this.requests.size() != 1) {
			throw new AssertionError("Not one request but " + this.requests);
		}
		return this.requests.get(0);
	}

	List<ChatRequest> requests() {
		return this.requests;
	}

	/** Everything that was said in the last request, in order. */
	String said() {
		return String.join("\n",
				this.requests.get(this.requests.size() - 1).messages().stream().map(ChatMessage::text).toList());
	}

}
