package dev.switchboard.gateway.front;

import java.io.IOException;

import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tells a caller of an error in the shape of the wire that he speaks.
 */
@FunctionalInterface
public interface ErrorWriter {

	/**
	 * Writes an error.
	 * @param request the request that led to it
	 * @param response where to; not committed yet
	 * @param error what went wrong
	 * @throws IOException if it can't be written
	 */
	void write(HttpServletRequest request, HttpServletResponse response, GatewayError error) throws IOException;

}
