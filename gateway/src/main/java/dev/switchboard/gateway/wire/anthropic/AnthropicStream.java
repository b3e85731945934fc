package dev.switchboard.gateway.wire.anthropic;

import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.Events;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.options.Answers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Writes a stream: blocks one after the other, each opened when its first piece comes and
 * closed when a piece of another kind does.
 */
final class AnthropicStream implements StreamWriter {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final byte[] NOTHING = {};

	private final AnswerHead head;

	private final boolean showsThinking;

	private final StreamState state = new StreamState();

	private final RelayedEvents relayed = new RelayedEvents(this.state);

	AnthropicStream(AnswerHead head, boolean showsThinking) {
		this.head = head;
		this.showsThinking = showsThinking;
	}

	@Override
	public byte[] chunk(ChatResponse chunk) {
		if (this.state.isEnded() || this.state.isConcluded()) {
			return NOTHING;
		}
		Events events = new Events();
		content(chunk, events);
		return events.toBytes();
	}

	@Override
	public byte[] end(ChatResponse last) {
		if (this.state.isEnded()) {
			return NOTHING;
		}
		Events events = new Events();
		if (!this.state.isConcluded()) {
			content(last, events);
			close(events);
			ObjectNode end = event("message_delta");
			end.putObject("delta")
				.put("stop_reason", AnthropicAnswer.stopReason(last, this.state.hasToolUse()))
				.putNull("stop_sequence");
			end.set("usage", AnthropicAnswer.usage(Answers.usage(last)));
			add(end, events);
		}
		this.state.end();
		return add(event("message_stop"), events).toBytes();
	}

	@Override
	public byte[] error(GatewayError error) {
		if (this.state.isEnded()) {
			return NOTHING;
		}
		this.state.end();
		return new Events().add("error", AnthropicErrors.node(error)).toBytes();
	}

	@Override
	public void relayed(byte[] events) {
		this.relayed.read(events);
	}

	private void content(ChatResponse chunk, Events events) {
		start(events);
		String thoughts = this.showsThinking ? Answers.reasoning(chunk) : null;
		if (thoughts != null) {
			open("thinking", events);
			ObjectNode delta = blockEvent("content_block_delta");
			delta.putObject("delta").put("type", "thinking_delta").put("thinking", thoughts);
			add(delta, events);
		}
		String text = AnthropicAnswer.text(chunk);
		if (!text.isEmpty()) {
			open("text", events);
			ObjectNode delta = blockEvent("content_block_delta");
			delta.putObject("delta").put("type", "text_delta").put("text", text);
			add(delta, events);
		}
		Generation generation = chunk.getResult();
		if (generation != null) {
			generation.getOutput().getToolCalls().forEach((call) -> toolUse(call, events));
		}
	}

	private void start(Events events) {
		if (!this.state.isStarted()) {
			this.state.start();
			ObjectNode start = event("message_start");
			// What the input cost is not known before the end, where it is told.
			start.set("message", AnthropicAnswer.message(this.head));
			add(start, events);
			add(event("ping"), events);
		}
	}

	private void open(String type, Events events) {
		if (this.state.isOpen(type)) {
			return;
		}
		close(events);
		this.state.open(type, this.state.index() + 1);
		ObjectNode start = blockEvent("content_block_start");
		ObjectNode block = start.putObject("content_block");
		if (type.equals("text")) {
			AnthropicAnswer.textBlock(block);
		}
		else {
			AnthropicAnswer.thinkingBlock(block);
		}
		add(start, events);
	}

	/** A call comes whole, so that its block is closed at once. */
	private void toolUse(ToolCall call, Events events) {
		close(events);
		this.state.open("tool_use", this.state.index() + 1);
		ObjectNode start = blockEvent("content_block_start");
		AnthropicAnswer.toolUseBlock(start.putObject("content_block"), call);
		add(start, events);
		ObjectNode delta = blockEvent("content_block_delta");
		delta.putObject("delta")
			.put("type", "input_json_delta")
			.put("partial_json", AnthropicAnswer.input(call).toString());
		add(delta, events);
		close(events);
	}

	private void close(Events events) {
		if (this.state.isOpen()) {
			add(blockEvent("content_block_stop"), events);
			this.state.close();
		}
	}

	private ObjectNode blockEvent(String type) {
		return event(type).put("index", this.state.index());
	}

	private static ObjectNode event(String type) {
		return MAPPER.createObjectNode().put("type", type);
	}

	private static Events add(ObjectNode event, Events events) {
		return events.add(event.path("type").asString(), event);
	}

}
