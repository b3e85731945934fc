package dev.switchboard.gateway.wire.openai;

import java.util.function.Consumer;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.Events;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.ReasoningPieces;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * Writes an answer as chunks: the role, then what there is of thoughts, text and tool
 * calls, one finish reason, the usage if it is wanted, {@code [DONE]}.
 */
final class ChatStreamWriter implements StreamWriter {

	private static final byte[] NOTHING = new byte[0];

	private final SentSoFar sent;

	private final boolean usageWanted;

	private final ReasoningPieces reasoning = new ReasoningPieces();

	/**
	 * A writer of one answer.
	 * @param head what the gateway says of it
	 * @param usageWanted whether the caller asked for the usage
	 */
	ChatStreamWriter(AnswerHead head, boolean usageWanted) {
		this.sent = new SentSoFar(ChatCompletions.id(head), head.created().getEpochSecond(), head.model());
		this.usageWanted = usageWanted;
	}

	@Override
	public byte[] chunk(ChatResponse chunk) {
		if (this.sent.isOver() || this.sent.isFinished()) {
			return NOTHING;
		}
		Events events = new Events();
		writeContent(events, chunk);
		return events.toBytes();
	}

	@Override
	public byte[] end(ChatResponse last) {
		if (this.sent.isOver()) {
			return NOTHING;
		}
		Events events = new Events();
		if (!this.sent.isFinished()) {
			writeContent(events, last);
			writeDelta(events, ChatCompletions.finishReason(last, this.sent.toolCalls() > 0), (delta) -> {
			});
			this.sent.finish();
		}
		TokenUsage usage = this.usageWanted ? Answers.usage(last) : null;
		if (usage != null && !this.sent.isUsageTold()) {
			ObjectNode chunk = envelope();
			chunk.putArray("choices");
			ChatCompletions.writeUsage(chunk.putObject("usage"), usage);
			events.add(null, chunk);
		}
		this.sent.end();
		return events.add("[DONE]").toBytes();
	}

	@Override
	public byte[] error(GatewayError error) {
		if (this.sent.isOver()) {
			return NOTHING;
		}
		this.sent.end();
		return new Events().add(null, OpenAiErrors.node(error)).toBytes();
	}

	@Override
	public void relayed(byte[] events) {
		this.sent.addRelayed(events);
	}

	private void writeContent(Events events, ChatResponse chunk) {
		if (!this.sent.isOpened()) {
			writeDelta(events, null, (delta) -> delta.put("role", "assistant").put("content", ""));
			this.sent.open();
		}
		writeText(events, "reasoning_content", this.reasoning.next(chunk));
		writeText(events, "content", Answers.text(chunk));
		writeText(events, "refusal", Answers.refusal(chunk));
		for (ToolCall call : ChatCompletions.calls(chunk)) {
			int index = this.sent.nextToolCall();
			writeDelta(events, null, (delta) -> ChatCompletions
				.writeCall(delta.putArray("tool_calls").addObject().put("index", index), call, ""));
			writeDelta(events, null,
					(delta) -> delta.putArray("tool_calls")
						.addObject()
						.put("index", index)
						.putObject("function")
						.put("arguments", call.arguments()));
		}
	}

	private void writeText(Events events, String name, @Nullable String text) {
		if (text != null && !text.isEmpty()) {
			writeDelta(events, null, (delta) -> delta.put(name, text));
		}
	}

	private void writeDelta(Events events, @Nullable String finishReason, Consumer<ObjectNode> content) {
		ObjectNode chunk = envelope();
		ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
		content.accept(choice.putObject("delta"));
		choice.putNull("logprobs").put("finish_reason", finishReason);
		if (this.usageWanted) {
			chunk.putNull("usage");
		}
		events.add(null, chunk);
	}

	private ObjectNode envelope() {
		return ChatCompletions.envelope(this.sent.id(), "chat.completion.chunk", this.sent.created(),
				this.sent.model());
	}

}
