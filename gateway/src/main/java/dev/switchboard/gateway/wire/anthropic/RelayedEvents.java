package dev.switchboard.gateway.wire.anthropic;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads from a provider's own events how far a stream has come. Nearly all of them are
 * pieces of a block, which change nothing: those are known by their name, and their data
 * is not looked at.
 */
final class RelayedEvents {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

	private final StreamState state;

	RelayedEvents(StreamState state) {
		this.state = state;
	}

	void read(byte[] events) {
		String name = null;
		int start = 0;
		while (start < events.length) {
			int end = endOfLine(events, start);
			if (end == start) {
				name = null;
			}
			else if (startsWith(events, start, end, EVENT)) {
				name = new String(events, start + EVENT.length, end - start - EVENT.length, StandardCharsets.UTF_8)
					.strip();
			}
			else if (startsWith(events, start, end, DATA) && matters(name)) {
				readData(events, start + DATA.length, end);
			}
			start = (end < events.length && events[end] == '\r' && end + 1 < events.length && events[end + 1] == '\n')
					? end + 2 : end + 1;
		}
	}

	private static boolean matters(@Nullable String name) {
		return name == null || !(name.equals("content_block_delta") || name.equals("ping"));
	}

	private void readData(byte[] events, int start, int end) {
		try {
			read(MAPPER.readTree(events, start, end - start));
		}
		catch (JacksonException ex) {
			// The caller has it as it is; it tells nothing of how far the stream has
			// come.
		}
	}

	private void read(JsonNode event) {
		switch (event.path("type").asString("")) {
			case "message_start" -> this.state.start();
			case "content_block_start" -> this.state.open(event.path("content_block").path("type").asString(""),
					event.path("index").asInt(this.state.index() + 1));
			case "content_block_stop" -> this.state.close();
			case "message_delta" -> this.state.conclude();
			case "message_stop", "error" -> this.state.end();
			default -> {
			}
		}
	}

	private static int endOfLine(byte[] events, int from) {
		int end = from;
		while (end < events.length && events[end] != '\n' && events[end] != '\r') {
			end++;
		}
		return end;
	}

	private static boolean startsWith(byte[] events, int start, int end, byte[] prefix) {
		if (end - start < prefix.length) {
			return false;
		}
		for (int i = 0; i < prefix.length; i++) {
			if (events[start + i] != prefix[i]) {
				return false;
			}
		}
		return true;
	}

}
