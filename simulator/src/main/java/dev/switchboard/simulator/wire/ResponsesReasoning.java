package dev.switchboard.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.wire.OpenAiResponsesWire.Event;
import dev.switchboard.simulator.wire.Step.Part;
import org.jspecify.annotations.Nullable;

/**
 * The summary of reasoning in a response.
 */
record ResponsesReasoning(String id, Answer answer) implements OpenAiResponsesWire.Output {

	@Override
	public Map<String, @Nullable Object> done() {
		return item(List.of(part(this.answer.reasoning())));
	}

	private Map<String, @Nullable Object> item(List<?> summary) {
		String encrypted = Base64.getEncoder().encodeToString(this.answer.reasoning().getBytes(StandardCharsets.UTF_8));
		return Json.object("id", this.id, "type", "reasoning", "summary", summary, "encrypted_content", encrypted);
	}

	private static Map<String, @Nullable Object> part(String text) {
		return Json.object("type", "summary_text", "text", text);
	}

	@Override
	public Stream<Event> events(int index) {
		Stream<Event> opening = Stream.of(
				new Event(Part.FRAME, "response.output_item.added",
						Json.object("output_index", index, "item", item(List.of()))),
				new Event(Part.FRAME, "response.reasoning_summary_part.added", place(index, "part", part(""))));
		Stream<Event> deltas = OpenAiResponsesWire.pieces(this.answer.reasoning(), this.answer)
			.map((piece) -> new Event(Part.TOKEN, "response.reasoning_summary_text.delta",
					place(index, "delta", piece)));
		Stream<Event> closing = Stream.of(
				new Event(Part.FRAME, "response.reasoning_summary_text.done",
						place(index, "text", this.answer.reasoning())),
				new Event(Part.FRAME, "response.reasoning_summary_part.done",
						place(index, "part", part(this.answer.reasoning()))),
				new Event(Part.FRAME, "response.output_item.done", Json.object("output_index", index, "item", done())));
		return Stream.concat(Stream.concat(opening, deltas), closing);
	}

	private Map<String, @Nullable Object> place(int index, String field, Object value) {
		return Json.object("item_id", this.id, "output_index", index, "summary_index", 0, field, value);
	}

}
