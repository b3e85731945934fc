package dev.switchboard.gateway.wire.responses;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item of the output while it is written: a message, or thoughts, with at most one
 * part open.
 */
final class OpenItem {

	static final String TEXT = "output_text";

	static final String REFUSAL = "refusal";

	static final String SUMMARY = "summary_text";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final boolean message;

	private final String id;

	private final int index;

	/** The parts that are whole. */
	private final ArrayNode parts = MAPPER.createArrayNode();

	private final StringBuilder text = new StringBuilder();

	private @Nullable String partType;

	/**
	 * An item.
	 * @param prefix what its identifier begins with
	 * @param callId the call's identifier
	 * @param index its place in the output
	 */
	OpenItem(String prefix, String callId, int index) {
		this(prefix.equals("msg_"), prefix + callId + "_" + index, index);
	}

	private OpenItem(boolean message, String id, int index) {
		this.message = message;
		this.id = id;
		this.index = index;
	}

	/** A message that a provider has begun. */
	static OpenItem begunMessage(String id, int index) {
		return new OpenItem(true, id, index);
	}

	boolean isMessage() {
		return this.message;
	}

	String id() {
		return this.id;
	}

	int index() {
		return this.index;
	}

	/** The type of the part that is open; {@code null} for none. */
	@Nullable String partType() {
		return this.partType;
	}

	int partIndex() {
		return this.parts.size();
	}

	void beginPart(String type) {
		this.partType = type;
	}

	void append(String piece) {
		this.text.append(piece);
	}

	/** What the open part says so far. */
	String text() {
		return this.text.toString();
	}

	/** The open part as far as it is known. */
	ObjectNode part() {
		ObjectNode part = MAPPER.createObjectNode().put("type", this.partType);
		part.put(REFUSAL.equals(this.partType) ? "refusal" : "text", text());
		if (TEXT.equals(this.partType)) {
			part.putArray("annotations");
			part.putArray("logprobs");
		}
		return part;
	}

	void endPart() {
		this.parts.add(part());
		this.text.setLength(0);
		this.partType = null;
	}

	/** The item as a message, with the parts that are whole. */
	ObjectNode message(String status) {
		ObjectNode item = MAPPER.createObjectNode()
			.put("id", this.id)
			.put("type", "message")
			.put("status", status)
			.put("role", "assistant");
		item.set("content", this.parts.deepCopy());
		return item;
	}

	/** The item as thoughts, with the parts that are whole. */
	ObjectNode reasoning() {
		ObjectNode item = MAPPER.createObjectNode().put("id", this.id).put("type", "reasoning");
		item.set("summary", this.parts.deepCopy());
		return item;
	}

}
