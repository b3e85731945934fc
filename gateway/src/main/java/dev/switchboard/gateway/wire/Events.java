package dev.switchboard.gateway.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts server-sent events together.
 */
public final class Events {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final byte[] EVENT = bytes("event: ");

	private static final byte[] DATA = bytes("data: ");

	private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

	/**
	 * Adds an event.
	 * @param name its name; {@code null} for one without
	 * @param data its data
	 * @return this
	 */
	public Events add(@Nullable String name, JsonNode data) {
		if (name != null) {
			this.out.writeBytes(EVENT);
			this.out.writeBytes(bytes(name));
			this.out.write('\n');
		}
		this.out.writeBytes(DATA);
		this.out.writeBytes(MAPPER.writeValueAsBytes(data));
		return end();
	}

	/**
	 * Adds an event whose data is a word, such as {@code [DONE]}.
	 * @param data the word
	 * @return this
	 */
	public Events add(String data) {
		this.out.writeBytes(DATA);
		this.out.writeBytes(bytes(data));
		return end();
	}

	private Events end() {
		this.out.write('\n');
		this.out.write('\n');
		return this;
	}

	/**
	 * All of them.
	 * @return the bytes
	 */
	public byte[] toBytes() {
		return this.out.toByteArray();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
