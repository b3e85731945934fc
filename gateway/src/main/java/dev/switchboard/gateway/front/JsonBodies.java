package dev.switchboard.gateway.front;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads requests that are a small JSON object, or nothing.
 */
public final class JsonBodies {

	private final RequestBodies bodies;

	/**
	 * Bounds.
	 * @param maxBytes how long a body may be
	 * @param patience how long its sending may take
	 */
	public JsonBodies(long maxBytes, Duration patience) {
		this.bodies = new RequestBodies(maxBytes, patience, System::nanoTime);
	}

	/**
	 * Reads a request's body.
	 * @param request the request
	 * @return its fields; none if there is no body
	 * @throws dev.switchboard.gateway.wire.RefusedRequestException if it is too long, too
	 * slow, or no JSON object
	 */
	public ObjectNode read(HttpServletRequest request) throws IOException {
		// A request without a body has neither; one of unknown length has the second.
		if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
			return JsonNodeFactory.instance.objectNode();
		}
		return RequestJson.read(this.bodies.read(request)).tree();
	}

}
