package dev.switchboard.relay;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one answer on the side while its bytes go by: enough to judge, count and charge
 * it. One instance reads one answer.
 */
abstract class WireReader {

	/**
	 * Reads a whole answer.
	 * @param answer the JSON
	 * @param piece what takes it up
	 * @return whether it is an answer at all
	 */
	abstract boolean whole(JsonNode answer, Piece piece);

	/**
	 * Reads an event of a streamed answer.
	 * @param data its data
	 * @param piece what takes it up
	 * @return what kind of event it is
	 */
	abstract Event event(JsonNode data, Piece piece);

	/**
	 * What ends a stream on this wire, where the provider left it out.
	 * @return the bytes; empty for nothing
	 */
	abstract String endMarker();

	/**
	 * The error that an answer, or an event of one, tells instead of going on.
	 * @param data the JSON
	 * @return the object that tells it; {@code null} if it tells none
	 */
	@Nullable JsonNode error(JsonNode data) {
		JsonNode error = data.get("error");
		return (error != null && !error.isNull() && (error.isObject() || error.isString())) ? data : null;
	}

	static long number(JsonNode object, String name) {
		JsonNode node = object.get(name);
		return (node != null && node.isNumber()) ? Math.max(0, node.asLong()) : 0;
	}

	static @Nullable String string(JsonNode object, String name) {
		JsonNode node = object.get(name);
		return (node != null && node.isString()) ? node.asString() : null;
	}

	/**
	 * What an event means for the stream.
	 */
	enum Event {

		/** It goes to the caller. */
		PASS,

		/** It was asked for on our own account: the caller does not get it. */
		OURS,

		/** It goes to the caller, and says that the stream ends here. */
		END

	}

}
