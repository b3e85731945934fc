package dev.switchboard.gateway.security;

import java.io.IOException;

import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes an error in the wire of the endpoint that was called.
 */
@FunctionalInterface
public interface ErrorWriter {

	/**
	 * Writes an error as the whole answer: status, headers and body. Headers that are
	 * already there stay.
	 * @param request the request; in an error dispatch of the container its own path is
	 * {@code /error}, and {@link GatewayPaths#of} gives the one that was called
	 * @param response the answer, not committed
	 * @param error the error
	 * @throws IOException if the caller has gone away
	 */
	void write(HttpServletRequest request, HttpServletResponse response, GatewayError error) throws IOException;

}
