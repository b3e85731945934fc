package dev.switchboard.simulator.wire;

import java.nio.charset.StandardCharsets;

import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Send;

/**
 * Server-sent events.
 */
final class Sse {

	private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);

	private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

	private Sse() {
	}

	static Send data(Part part, Object json) {
		return event(part, DATA, Json.bytes(json));
	}

	static Send named(Part part, String event, Object json) {
		byte[] head = ("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8);
		return event(part, head, Json.bytes(json));
	}

	static Send raw(Part part, String text) {
		return new Send(part, text.getBytes(StandardCharsets.UTF_8));
	}

	private static Send event(Part part, byte[] head, byte[] json) {
		byte[] bytes = new byte[head.length + json.length + END.length];
		System.arraycopy(head, 0, bytes, 0, head.length);
		System.arraycopy(json, 0, bytes, head.length, json.length);
		System.arraycopy(END, 0, bytes, head.length + json.length, END.length);
		return new Send(part, bytes);
	}

}
