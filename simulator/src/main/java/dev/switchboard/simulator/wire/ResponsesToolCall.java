package dev.switchboard.simulator.wire;

import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.wire.OpenAiResponsesWire.Event;
import dev.switchboard.simulator.wire.Step.Part;
import org.jspecify.annotations.Nullable;

/**
 * A function call in a response.
 */
record ResponsesToolCall(String id, String callId, ToolCall call, Answer answer) implements OpenAiResponsesWire.Output {

	@Override
	public Map<String, @Nullable Object> done() {
		return item("completed", this.call.arguments());
	}

	private Map<String, @Nullable Object> item(String status, String arguments) {
		return Json.object("id", this.id, "type", "function_call", "status", status, "arguments", arguments, "call_id",
				this.callId, "name", this.call.name());
	}

	@Override
	public Stream<Event> events(int index) {
		Event opening = new Event(Part.FRAME, "response.output_item.added",
				Json.object("output_index", index, "item", item("in_progress", "")));
		Stream<Event> deltas = OpenAiResponsesWire.pieces(this.call.arguments(), this.answer)
			.map((piece) -> new Event(Part.TOKEN, "response.function_call_arguments.delta",
					Json.object("item_id", this.id, "output_index", index, "delta", piece)));
		Stream<Event> closing = Stream.of(
				new Event(Part.FRAME, "response.function_call_arguments.done",
						Json.object("item_id", this.id, "output_index", index, "name", this.call.name(), "arguments",
								this.call.arguments())),
				new Event(Part.FRAME, "response.output_item.done", Json.object("output_index", index, "item", done())));
		return Stream.concat(Stream.concat(Stream.of(opening), deltas), closing);
	}

}
