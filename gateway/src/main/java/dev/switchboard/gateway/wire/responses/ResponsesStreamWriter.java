package dev.switchboard.gateway.wire.responses;

import java.util.List;

import dev.switchboard.gateway.wire.Events;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.StreamWriter;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Writes an answer as events: the response as it begins, each item from its first piece
 * to its last, and the whole response at the end.
 */
final class ResponsesStreamWriter implements StreamWriter {

	private static final byte[] NOTHING = new byte[0];

	private final SentResponse sent;

	private final OutputItems items;

	private Events events = new Events();

	/**
	 * A writer of one answer.
	 * @param callId the call's identifier
	 * @param tools the caller's tools
	 * @param response the response as it begins
	 */
	ResponsesStreamWriter(String callId, CallerTools tools, ObjectNode response) {
		this.sent = new SentResponse(response);
		this.items = new OutputItems(callId, tools, this.sent, this::write);
	}

	@Override
	public byte[] chunk(ChatResponse chunk) {
		if (this.sent.isOver()) {
			return NOTHING;
		}
		begin();
		this.items.add(chunk);
		return written();
	}

	@Override
	public byte[] end(ChatResponse last) {
		if (this.sent.isOver()) {
			return NOTHING;
		}
		begin();
		this.items.add(last);
		ObjectNode response = this.items.end(last);
		tell("response." + response.path("status").asString(), response);
		this.sent.end();
		return written();
	}

	/** As a failed response; the event {@code error} is not heeded by every caller. */
	@Override
	public byte[] error(GatewayError error) {
		if (this.sent.isOver()) {
			return NOTHING;
		}
		begin();
		tell("response.failed", ResponseBodies.failed(this.sent.response(), this.sent.output(), error));
		this.sent.end();
		return written();
	}

	@Override
	public void relayed(byte[] relayed) {
		this.sent.addRelayed(relayed);
	}

	private void begin() {
		if (!this.sent.isBegun()) {
			List.of("response.created", "response.in_progress").forEach((type) -> tell(type, this.sent.response()));
			this.sent.begin();
		}
	}

	private void tell(String type, ObjectNode response) {
		ObjectNode event = this.sent.event(type);
		event.set("response", response);
		write(event);
	}

	private void write(ObjectNode event) {
		this.events.add(event.path("type").asString(), event);
	}

	private byte[] written() {
		byte[] bytes = this.events.toBytes();
		this.events = new Events();
		return bytes;
	}

}
