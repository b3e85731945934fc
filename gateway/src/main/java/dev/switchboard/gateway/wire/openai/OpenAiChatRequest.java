package dev.switchboard.gateway.wire.openai;

import java.util.List;

import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.options.RouteChatOptions;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * A request for a chat completion.
 */
final class OpenAiChatRequest implements WireRequest {

	private final List<Message> messages;

	private final RouteChatOptions options;

	private final boolean usageWanted;

	/**
	 * A request.
	 * @param messages the conversation
	 * @param options what is asked for
	 * @param usageWanted whether a stream tells the usage
	 */
	OpenAiChatRequest(List<Message> messages, RouteChatOptions options, boolean usageWanted) {
		this.messages = List.copyOf(messages);
		this.options = options;
		this.usageWanted = usageWanted;
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
		return ChatCompletions.whole(answer, head);
	}

	@Override
	public StreamWriter stream(AnswerHead head) {
		return new ChatStreamWriter(head, this.usageWanted);
	}

}
