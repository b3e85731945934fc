package dev.switchboard.gateway.wire.responses;

import java.util.function.Consumer;

import dev.switchboard.gateway.wire.ReasoningPieces;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The items of a response as they come, and the events that tell of them. A whole answer
 * is one that comes at once, of which nobody wants the events.
 */
final class OutputItems {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String COMPLETED = "completed";

	private final String callId;

	private final CallerTools tools;

	private final SentResponse sent;

	private final Consumer<ObjectNode> events;

	private final ReasoningPieces reasoning = new ReasoningPieces();

	private @Nullable OpenItem open;

	private boolean refused;

	private boolean answered;

	/**
	 * No items yet.
	 * @param callId the call's identifier, from which items get theirs
	 * @param tools the caller's tools
	 * @param sent what the caller has already
	 * @param events takes the events
	 */
	OutputItems(String callId, CallerTools tools, SentResponse sent, Consumer<ObjectNode> events) {
		this.callId = callId;
		this.tools = tools;
		this.sent = sent;
		this.events = events;
	}

	/** Adds what a chunk, or a whole answer, says. */
	void add(ChatResponse chunk) {
		if (this.open == null) {
			this.open = this.sent.takeOpen();
		}
		think(this.reasoning.next(chunk));
		say(OpenItem.TEXT, Answers.text(chunk));
		String refusal = Answers.refusal(chunk);
		this.refused |= refusal != null;
		say(OpenItem.REFUSAL, refusal);
		Generation generation = chunk.getResult();
		if (generation != null) {
			generation.getOutput().getToolCalls().forEach(this::call);
		}
	}

	/**
	 * Closes what is open.
	 * @param last the last chunk, added already
	 * @return the whole response
	 */
	ObjectNode end(ChatResponse last) {
		boolean whole = ResponseBodies.incomplete(last, this.refused) == null;
		if (!this.answered && whole && this.sent.output().isEmpty()) {
			// Callers look for a message even where a model has nothing to say.
			part(OpenItem.TEXT);
		}
		close(whole ? COMPLETED : "incomplete");
		return ResponseBodies.ended(this.sent.response(), this.sent.output(), last, this.refused);
	}

	private void think(@Nullable String piece) {
		if (piece == null || piece.isEmpty()) {
			return;
		}
		OpenItem item = this.open;
		if (item == null || item.isMessage()) {
			close(COMPLETED);
			item = new OpenItem(OpenAiResponsesWire.REASONING_ID, this.callId, this.sent.nextIndex());
			tellItem("response.output_item.added", item.index(), item.reasoning());
			this.open = item;
			item.beginPart(OpenItem.SUMMARY);
			tellPart("response.reasoning_summary_part.added", item);
		}
		item.append(piece);
		this.events.accept(event("response.reasoning_summary_text.delta", item).put("delta", piece));
	}

	private void say(String type, @Nullable String piece) {
		if (piece != null && !piece.isEmpty()) {
			OpenItem item = part(type);
			item.append(piece);
			ObjectNode event = event("response." + type + ".delta", item).put("delta", piece);
			this.events.accept(withLogprobs(event, type));
		}
	}

	private OpenItem part(String type) {
		OpenItem item = this.open;
		if (item == null || !item.isMessage()) {
			close(COMPLETED);
			item = new OpenItem("msg_", this.callId, this.sent.nextIndex());
			tellItem("response.output_item.added", item.index(), item.message("in_progress"));
			this.open = item;
		}
		if (!type.equals(item.partType())) {
			closePart(item);
			item.beginPart(type);
			tellPart("response.content_part.added", item);
		}
		this.answered = true;
		return item;
	}

	private void close(String status) {
		OpenItem item = this.open;
		if (item == null) {
			return;
		}
		closePart(item);
		done(item.index(), item.isMessage() ? item.message(status) : item.reasoning());
		this.open = null;
	}

	private void closePart(OpenItem item) {
		String type = item.partType();
		if (type == null) {
			return;
		}
		boolean thoughts = type.equals(OpenItem.SUMMARY);
		String name = thoughts ? "response.reasoning_summary_text.done" : "response." + type + ".done";
		ObjectNode event = event(name, item).put(type.equals(OpenItem.REFUSAL) ? "refusal" : "text", item.text());
		this.events.accept(withLogprobs(event, type));
		tellPart(thoughts ? "response.reasoning_summary_part.done" : "response.content_part.done", item);
		item.endPart();
	}

	private void call(ToolCall call) {
		close(COMPLETED);
		this.answered = true;
		CallerTool tool = this.tools.calledBy(call.name());
		String text = tool.custom() ? input(call.arguments()) : call.arguments();
		String field = tool.custom() ? CallerTools.INPUT : "arguments";
		String prefix = tool.custom() ? "response.custom_tool_call_input" : "response.function_call_arguments";
		OpenItem item = new OpenItem(tool.custom() ? "ctc_" : "fc_", this.callId, this.sent.nextIndex());
		tellItem("response.output_item.added", item.index(), call(item, call, tool, "").put("status", "in_progress"));
		this.events.accept(event(prefix + ".delta", item).put("delta", text));
		ObjectNode event = event(prefix + ".done", item).put(field, text);
		this.events.accept(tool.custom() ? event : event.put("name", tool.name()));
		done(item.index(), call(item, call, tool, text).put("status", COMPLETED));
	}

	private static ObjectNode call(OpenItem item, ToolCall call, CallerTool tool, String text) {
		ObjectNode node = MAPPER.createObjectNode()
			.put("id", item.id())
			.put("type", tool.custom() ? "custom_tool_call" : "function_call")
			.put("call_id", call.id())
			.put("name", tool.name())
			.put(tool.custom() ? CallerTools.INPUT : "arguments", text);
		return (tool.namespace() != null) ? node.put("namespace", tool.namespace()) : node;
	}

	/** The text that a custom tool is called with; all there is if it is not found. */
	private static String input(String arguments) {
		try {
			JsonNode input = MAPPER.readTree(arguments).path(CallerTools.INPUT);
			return input.isString() ? input.asString() : arguments;
		}
		catch (JacksonException ex) {
			return arguments;
		}
	}

	private void done(int index, ObjectNode item) {
		this.sent.output().add(item);
		tellItem("response.output_item.done", index, item);
	}

	private void tellItem(String type, int index, ObjectNode item) {
		ObjectNode event = this.sent.event(type).put("output_index", index);
		event.set("item", item);
		this.events.accept(event);
	}

	private void tellPart(String type, OpenItem item) {
		ObjectNode event = event(type, item);
		event.set("part", item.part());
		this.events.accept(event);
	}

	private ObjectNode event(String type, OpenItem item) {
		ObjectNode event = this.sent.event(type).put("item_id", item.id()).put("output_index", item.index());
		String part = item.partType();
		if (part != null) {
			event.put(part.equals(OpenItem.SUMMARY) ? "summary_index" : "content_index", item.partIndex());
		}
		return event;
	}

	private static ObjectNode withLogprobs(ObjectNode event, String type) {
		if (type.equals(OpenItem.TEXT)) {
			event.putArray("logprobs");
		}
		return event;
	}

}
