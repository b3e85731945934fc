package dev.switchboard.gateway.wire.openai;

import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a caller has of a stream: written here, or relayed from a provider. Of relayed
 * chunks only those are parsed that can tell something new; the others are looked at byte
 * by byte and no more.
 */
final class SentSoFar {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final byte[] DATA = bytes("data:");

	private static final byte[] DONE = bytes("[DONE]");

	private static final byte[] TOOL_CALLS = bytes("\"tool_calls\"");

	private static final byte[] FINISH_REASON = bytes("\"finish_reason\"");

	private static final byte[] USAGE = bytes("\"usage\"");

	private String id;

	private long created;

	private String model;

	/** Whether the identity is the provider's, by a chunk of his. */
	private boolean identified;

	private boolean opened;

	private int toolCalls;

	private boolean finished;

	private boolean usageTold;

	private boolean over;

	/**
	 * Nothing so far.
	 * @param id the identifier of chunks, unless a provider's chunk has gone out
	 * @param created their time, in seconds since 1970
	 * @param model the model they name
	 */
	SentSoFar(String id, long created, String model) {
		this.id = id;
		this.created = created;
		this.model = model;
	}

	String id() {
		return this.id;
	}

	long created() {
		return this.created;
	}

	String model() {
		return this.model;
	}

	/** Whether the role has been told. */
	boolean isOpened() {
		return this.opened;
	}

	void open() {
		this.opened = true;
	}

	/** How many tool calls have been told. */
	int toolCalls() {
		return this.toolCalls;
	}

	int nextToolCall() {
		return this.toolCalls++;
	}

	/** Whether a finish reason has been told. */
	boolean isFinished() {
		return this.finished;
	}

	void finish() {
		this.finished = true;
	}

	boolean isUsageTold() {
		return this.usageTold;
	}

	/** Whether nothing may follow. */
	boolean isOver() {
		return this.over;
	}

	void end() {
		this.over = true;
	}

	/**
	 * Adds events as a provider sent them.
	 * @param events the bytes of whole events
	 */
	void addRelayed(byte[] events) {
		int start = 0;
		while (start < events.length) {
			int end = start;
			while (end < events.length && events[end] != '\n') {
				end++;
			}
			addLine(events, start, end);
			start = end + 1;
		}
	}

	private void addLine(byte[] events, int start, int end) {
		if (!isAt(events, start, end, DATA)) {
			return;
		}
		int from = skipSpaces(events, start + DATA.length, end);
		if (isAt(events, from, end, DONE)) {
			this.over = true;
			return;
		}
		if (this.identified && this.opened && !says(events, from, end, TOOL_CALLS)
				&& !says(events, from, end, FINISH_REASON) && !says(events, from, end, USAGE)) {
			return;
		}
		try {
			addChunk(MAPPER.readTree(events, from, end - from));
		}
		catch (JacksonException ex) {
			// The caller has it as it is; it says nothing to go on from.
		}
	}

	private void addChunk(JsonNode chunk) {
		if (!this.identified && !chunk.path("id").asString("").isEmpty()) {
			this.identified = true;
			this.id = chunk.path("id").asString();
			this.created = chunk.path("created").asLong(this.created);
			this.model = chunk.path("model").asString(this.model);
		}
		JsonNode choices = chunk.path("choices");
		for (JsonNode choice : choices) {
			this.opened = true;
			this.finished |= choice.path("finish_reason").isString();
			for (JsonNode call : choice.path("delta").path("tool_calls")) {
				this.toolCalls = Math.max(this.toolCalls, call.path("index").asInt(0) + 1);
			}
		}
		this.usageTold |= chunk.path("usage").isObject() && (choices.isEmpty() || this.finished);
	}

	/**
	 * Whether a field of that name, quotes and all, has a value that is not {@code null}.
	 * Inside of texts the quotes are escaped, so that no text looks like it.
	 */
	private static boolean says(byte[] json, int from, int end, byte[] name) {
		for (int i = from; i <= end - name.length; i++) {
			if (json[i] == '"' && isAt(json, i, end, name)) {
				int value = skipSpaces(json, i + name.length, end);
				if (value < end && json[value] == ':') {
					value = skipSpaces(json, value + 1, end);
					if (value < end && json[value] != 'n') {
						return true;
					}
				}
			}
		}
		return false;
	}

	private static int skipSpaces(byte[] text, int from, int end) {
		int at = from;
		while (at < end && text[at] == ' ') {
			at++;
		}
		return at;
	}

	private static boolean isAt(byte[] text, int from, int end, byte[] word) {
		if (end - from < word.length) {
			return false;
		}
		for (int i = 0; i < word.length; i++) {
			if (text[from + i] != word[i]) {
				return false;
			}
		}
		return true;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
