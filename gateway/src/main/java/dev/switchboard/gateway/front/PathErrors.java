package dev.switchboard.gateway.front;

import java.io.IOException;

import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.anthropic.AnthropicErrors;
import dev.switchboard.gateway.wire.openai.OpenAiErrors;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes errors in the wire to which a path belongs, for whoever has no endpoint of his
 * own at hand.
 */
public final class PathErrors implements ErrorWriter {

	@Override
	public void write(HttpServletRequest request, HttpServletResponse response, GatewayError error) throws IOException {
		if (response.isCommitted()) {
			return;
		}
		byte[] body = isAnthropic(request) ? AnthropicErrors.write(error) : OpenAiErrors.write(error);
		CallHeaders.write(response, error);
		response.setStatus(error.status());
		response.setContentType("application/json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static boolean isAnthropic(HttpServletRequest request) {
		Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		String path = (failed instanceof String uri) ? uri : request.getRequestURI();
		String below = path.substring(Math.min(path.length(), request.getContextPath().length()));
		return below.startsWith("/anthropic/") || below.startsWith("/passthrough/anthropic/");
	}

}
