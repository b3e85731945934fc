package dev.switchboard.relay;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A request that came on a wire, as the engine takes it. Its messages and options are
 * read only if a target of another wire is to be asked.
 */
public final class RelayPrompt extends Prompt {

	private final RelayRequest request;

	/**
	 * A prompt.
	 * @param request the request
	 */
	public RelayPrompt(RelayRequest request) {
		super(List.<Message>of());
		this.request = request;
	}

	/**
	 * The request as it came.
	 * @return the request
	 */
	public RelayRequest request() {
		return this.request;
	}

	@Override
	public List<Message> getInstructions() {
		return this.request.translated().getInstructions();
	}

	@Override
	public @Nullable ChatOptions getOptions() {
		return this.request.translated().getOptions();
	}

	@Override
	public String toString() {
		return "RelayPrompt[" + this.request.endpoint() + "]";
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
