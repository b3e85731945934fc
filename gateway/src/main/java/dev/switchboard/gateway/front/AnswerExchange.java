package dev.switchboard.gateway.front;

import java.io.IOException;

import dev.switchboard.gateway.wire.CallerWire;
import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes one answer to one caller.
 */
final class AnswerExchange {

	private static final String JSON = "application/json";

	private final Door door;

	private final HttpServletResponse response;

	AnswerExchange(Door door, HttpServletResponse response) {
		this.door = door;
		this.response = response;
	}

	CallerWire wire() {
		return this.door.wire();
	}

	HttpServletResponse response() {
		return this.response;
	}

	void json(byte[] body) throws IOException {
		json(200, body);
	}

	void json(int status, byte[] body) throws IOException {
		this.response.setStatus(status);
		this.response.setContentType(JSON);
		this.response.setContentLength(body.length);
		this.response.getOutputStream().write(body);
	}

	void error(GatewayError error) throws IOException {
		if (this.response.isCommitted()) {
			return;
		}
		this.response.resetBuffer();
		CallHeaders.write(this.response, error);
		json(error.status(), this.door.wire().error(error));
	}

}
