package dev.switchboard.gateway.wire;

import java.util.List;

import dev.switchboard.options.RouteChatOptions;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * One request of a caller, in Spring AI's terms, and how he wants the answer.
 */
public interface WireRequest {

	/**
	 * The conversation, system messages where they stood.
	 * @return the messages, at least one
	 */
	List<Message> messages();

	/**
	 * What the caller asks for: the portable options, the tools (never run here), the
	 * output schema, the common options. Nothing about the caller, tags or caching.
	 * @return a builder of its own for each call
	 */
	RouteChatOptions.Builder options();

	/**
	 * Writes a whole answer.
	 * @param answer the answer, normalised; its last generation's finish reason is the
	 * provider's own word
	 * @param head what the gateway says of it
	 * @return the body, JSON
	 */
	byte[] answer(ChatResponse answer, AnswerHead head);

	/**
	 * Begins to write a streamed answer.
	 * @param head what the gateway says of it
	 * @return a writer for this one answer
	 */
	StreamWriter stream(AnswerHead head);

}
