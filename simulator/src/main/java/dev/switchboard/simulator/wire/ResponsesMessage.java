package dev.switchboard.simulator.wire;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.wire.OpenAiResponsesWire.Event;
import dev.switchboard.simulator.wire.Step.Part;
import org.jspecify.annotations.Nullable;

/**
 * The text, or the refusal, in a response.
 */
record ResponsesMessage(String id, Answer answer) implements OpenAiResponsesWire.Output {

	@Override
	public Map<String, @Nullable Object> done() {
		return item("completed", List.of(part(this.answer.text())));
	}

	private Map<String, @Nullable Object> item(String status, List<?> content) {
		return Json.object("id", this.id, "type", "message", "status", status, "role", "assistant", "content", content);
	}

	private Map<String, @Nullable Object> part(String text) {
		return this.answer.refusal() ? Json.object("type", "refusal", "refusal", text)
				: Json.object("type", "output_text", "annotations", List.of(), "logprobs", List.of(), "text", text);
	}

	@Override
	public Stream<Event> events(int index) {
		String kind = this.answer.refusal() ? "response.refusal" : "response.output_text";
		String field = this.answer.refusal() ? "refusal" : "text";
		Stream<Event> opening = Stream.of(
				new Event(Part.FRAME, "response.output_item.added",
						Json.object("output_index", index, "item", item("in_progress", List.of()))),
				new Event(Part.FRAME, "response.content_part.added", place(index, "part", part(""))));
		Stream<Event> deltas = OpenAiResponsesWire.pieces(this.answer.text(), this.answer)
			.map((piece) -> new Event(Part.TOKEN, kind + ".delta", place(index, "delta", piece)));
		Stream<Event> closing = Stream.of(
				new Event(Part.FRAME, kind + ".done", place(index, field, this.answer.text())),
				new Event(Part.FRAME, "response.content_part.done", place(index, "part", part(this.answer.text()))),
				new Event(Part.FRAME, "response.output_item.done", Json.object("output_index", index, "item", done())));
		return Stream.concat(Stream.concat(opening, deltas), closing);
	}

	private Map<String, @Nullable Object> place(int index, String field, Object value) {
		Map<String, @Nullable Object> place = Json.object("item_id", this.id, "output_index", index, "content_index", 0,
				field, value);
		if (value instanceof String && !this.answer.refusal()) {
			place.put("logprobs", List.of());
		}
		return place;
	}

}
