package dev.switchboard.gateway.wire.anthropic;

import java.util.List;

import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.options.RouteChatOptions;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * A request on Anthropic's wire.
 */
final class AnthropicRequest implements WireRequest {

	private final List<Message> messages;

	private final RouteChatOptions options;

	private final boolean showsThinking;

	AnthropicRequest(List<Message> messages, RouteChatOptions options, boolean showsThinking) {
		this.messages = List.copyOf(messages);
		this.options = options;
		this.showsThinking = showsThinking;
	}

	@Override
	public List<Message> messages() {
		return this.messages;
	}

	@Override
	public RouteChatOptions.Builder options() {
		return this.options.mutate();
	}

	@Override
	public byte[] answer(ChatResponse answer, AnswerHead head) {
		return AnthropicAnswer.write(answer, head, this.showsThinking);
	}

	@Override
	public StreamWriter stream(AnswerHead head) {
		return new AnthropicStream(head, this.showsThinking);
	}

}
