package dev.switchboard.gateway.wire;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.node.ObjectNode;

/**
 * One HTTP dialect of the front door. Stateless; safe for use by many threads.
 */
public interface CallerWire {

	/**
	 * Reads a request that is to be answered by a target of another wire.
	 * @param body the request, with a {@code model} that was checked already
	 * @param memory what earlier answers of this gateway said of their tool calls
	 * @return the request
	 * @throws RefusedRequestException if it is malformed, or asks for something that
	 * can't be translated and can't be left out without being wrong
	 */
	WireRequest read(ObjectNode body, ToolCallMemory memory);

	/**
	 * Writes an error that comes instead of an answer.
	 * @param error the error
	 * @return the body, JSON
	 */
	byte[] error(GatewayError error);

	/**
	 * What keeps the connection of a silent stream open and means nothing. It may come
	 * between any two events, whoever wrote them.
	 * @return the bytes; by default a comment, which readers of server-sent events skip
	 */
	default byte[] keepAlive() {
		return ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
	}

}
