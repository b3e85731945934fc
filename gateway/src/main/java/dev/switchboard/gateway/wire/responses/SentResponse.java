package dev.switchboard.gateway.wire.responses;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller has of a response: written here, or relayed from a provider. Of relayed
 * events those with a piece of something else than text are counted and not parsed.
 */
final class SentResponse {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final ArrayNode output = MAPPER.createArrayNode();

	private ObjectNode response;

	/** A message that a provider has begun and not ended. */
	private @Nullable OpenItem open;

	private int nextNumber;

	private int nextIndex;

	private boolean begun;

	private boolean over;

	/**
	 * Nothing so far.
	 * @param response what the response is, unless a provider has told it otherwise
	 */
	SentResponse(ObjectNode response) {
		this.response = response;
	}

	/** The response as it began. */
	ObjectNode response() {
		return this.response;
	}

	/** The items that are done. */
	ArrayNode output() {
		return this.output;
	}

	/**
	 * The message that a provider has begun and not ended, to go on with.
	 * @return the message, given once; {@code null} if there is none
	 */
	@Nullable OpenItem takeOpen() {
		OpenItem begun = this.open;
		this.open = null;
		return begun;
	}

	int nextIndex() {
		return this.nextIndex++;
	}

	boolean isBegun() {
		return this.begun;
	}

	void begin() {
		this.begun = true;
	}

	/** Whether nothing may follow. */
	boolean isOver() {
		return this.over;
	}

	void end() {
		this.over = true;
	}

	/** The next event, still without content. */
	ObjectNode event(String type) {
		return MAPPER.createObjectNode().put("type", type).put("sequence_number", this.nextNumber++);
	}

	/**
	 * Adds events as a provider sent them.
	 * @param events the bytes of whole events
	 */
	void addRelayed(byte[] events) {
		String name = "";
		for (String line : (Iterable<String>) new String(events, StandardCharsets.UTF_8).lines()::iterator) {
			if (line.isEmpty()) {
				name = "";
			}
			else if (line.startsWith("event:")) {
				name = line.substring("event:".length()).strip();
			}
			else if (line.startsWith("data:")) {
				if (name.endsWith(".delta") && !isText(name)) {
					this.nextNumber++;
				}
				else {
					addData(line.substring("data:".length()));
				}
			}
		}
	}

	/** What is said is repeated when its message ends. */
	private static boolean isText(String event) {
		return event.equals("response.output_text.delta") || event.equals("response.refusal.delta");
	}

	private void addData(String data) {
		try {
			addEvent(MAPPER.readTree(data));
		}
		catch (JacksonException ex) {
			// The caller has it as it is; it says nothing to go on from.
		}
	}

	private void addEvent(JsonNode event) {
		this.begun = true;
		this.nextNumber = event.path("sequence_number").asInt(this.nextNumber) + 1;
		this.nextIndex = Math.max(this.nextIndex, event.path("output_index").asInt(-1) + 1);
		switch (event.path("type").asString("")) {
			case "response.created" -> {
				if (event.get("response") instanceof ObjectNode told) {
					this.response = told;
				}
			}
			case "response.output_item.added" -> this.open = message(event);
			case "response.output_item.done" -> {
				this.output.add(event.path("item"));
				this.open = null;
			}
			case "response.completed", "response.incomplete", "response.failed", "error" -> this.over = true;
			default -> {
				OpenItem message = this.open;
				if (message != null) {
					addPart(event, message);
				}
			}
		}
	}

	private static @Nullable OpenItem message(JsonNode event) {
		JsonNode item = event.path("item");
		return item.path("type").asString("").equals("message")
				? OpenItem.begunMessage(item.path("id").asString(""), event.path("output_index").asInt(0)) : null;
	}

	private static void addPart(JsonNode event, OpenItem message) {
		switch (event.path("type").asString("")) {
			case "response.content_part.added" -> message.beginPart(event.at("/part/type").asString(""));
			case "response.output_text.delta", "response.refusal.delta" ->
				message.append(event.path("delta").asString(""));
			case "response.content_part.done" -> message.endPart();
			default -> {
			}
		}
	}

}
