package dev.switchboard.gateway.wire;

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

}
