package dev.switchboard.gateway.wire.anthropic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Anthropic's own library makes of what we write.
 */
final class Sdk {

	private Sdk() {
	}

	static ObjectNode request(String json) {
		return (ObjectNode) JsonMapper.shared().readTree(json);
	}

	static Message message(byte[] body) {
		return read(new String(body, StandardCharsets.UTF_8), Message.class).validate();
	}

	/** Takes the events in as the library does; pings are not for it. */
	static Message message(String events) {
		MessageAccumulator accumulator = MessageAccumulator.create();
		for (Event event : events(events)) {
			if (!event.name().equals("ping")) {
				accumulator.accumulate(read(event.data(), RawMessageStreamEvent.class).validate());
			}
		}
		return accumulator.message().validate();
	}

	static List<Event> events(String stream) {
		List<Event> events = new ArrayList<>();
		for (String event : stream.split("\n\n")) {
			String[] lines = event.split("\n");
			if (lines.length != 2 || !lines[0].startsWith("event: ") || !lines[1].startsWith("data: ")) {
				throw new AssertionError("Not an event of Anthropic's: " + event);
			}
			Event read = new Event(lines[0].substring("event: ".length()), lines[1].substring("data: ".length()));
			if (!read.name().equals(request(read.data()).path("type").asString())) {
				throw new AssertionError("The name of an event must be its type: " + event);
			}
			events.add(read);
		}
		return events;
	}

	static List<String> names(String stream) {
		return events(stream).stream().map(Event::name).toList();
	}

	/** Blocks one after the other, numbered from 0, each with its pieces inside. */
	static void assertBlocksInOrder(String stream) {
		int open = -1;
		int next = 0;
		for (Event event : events(stream)) {
			int index = request(event.data()).path("index").asInt(-1);
			switch (event.name()) {
				case "content_block_start" -> {
					assertThat(open).as("a block open when another starts").isEqualTo(-1);
					assertThat(index).isEqualTo(next++);
					open = index;
				}
				case "content_block_delta" -> assertThat(index).isEqualTo(open);
				case "content_block_stop" -> {
					assertThat(index).isEqualTo(open);
					open = -1;
				}
				case "message_delta" -> assertThat(open).as("a block open at the end").isEqualTo(-1);
				default -> assertThat(event.name()).isIn("message_start", "ping", "message_stop");
			}
		}
	}

	private static <T> T read(String json, Class<T> type) {
		try {
			return ObjectMappers.jsonMapper().readValue(json, type);
		}
		catch (IOException ex) {
			throw new AssertionError(json, ex);
		}
	}

	/**
	 * A server-sent event.
	 *
	 * @param name its name
	 * @param data its data
	 */
	record Event(String name, String data) {

	}

}
