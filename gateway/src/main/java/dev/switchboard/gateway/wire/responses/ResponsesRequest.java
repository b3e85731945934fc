package dev.switchboard.gateway.wire.responses;

import java.util.List;

import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.options.RouteChatOptions;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * A request for a response.
 */
final class ResponsesRequest implements WireRequest {

	private final List<Message> messages;

	private final RouteChatOptions options;

	private final CallerTools tools;

	private final ObjectNode echo;

	/**
	 * A request.
	 * @param messages the conversation
	 * @param options what is asked for
	 * @param tools the tools, by the names that the model is told
	 * @param echo what the answer repeats of the request
	 */
	ResponsesRequest(List<Message> messages, RouteChatOptions options, CallerTools tools, ObjectNode echo) {
		this.messages = List.copyOf(messages);
		this.options = options;
		this.tools = tools;
		this.echo = echo;
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
		SentResponse sent = new SentResponse(ResponseBodies.begun(head, this.echo));
		OutputItems items = new OutputItems(head.id(), this.tools, sent, (event) -> {
		});
		items.add(answer);
		return JsonMapper.shared().writeValueAsBytes(items.end(answer));
	}

	@Override
	public StreamWriter stream(AnswerHead head) {
		return new ResponsesStreamWriter(head.id(), this.tools, ResponseBodies.begun(head, this.echo));
	}

}
