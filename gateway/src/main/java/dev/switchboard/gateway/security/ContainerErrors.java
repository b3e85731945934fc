package dev.switchboard.gateway.security;

import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What the container or Spring MVC has to say about a request that no handler answered: a
 * path that is none, a method that is not allowed, a URL that the firewall rejects.
 */
final class ContainerErrors {

	private ContainerErrors() {
	}

	static GatewayError of(HttpServletRequest errorDispatch, String requestId) {
		int status = (errorDispatch.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
				&& code >= 400 && code <= 599) ? code : 500;
		return switch (status) {
			case 404 -> error(status, "not_found", "The gateway has no such endpoint", requestId);
			case 405 -> error(status, "method_not_allowed", "The endpoint has no such method", requestId);
			case 413 -> error(status, "request_too_large", "The request is larger than allowed", requestId);
			case 415 ->
				error(status, "unsupported_media_type", "The endpoint does not take this content type", requestId);
			default -> (status < 500)
					? error(status, "invalid_request", "The request was rejected before it was read", requestId)
					: error(status, "internal_error", "The gateway could not answer the request", requestId);
		};
	}

	private static GatewayError error(int status, String code, String message, String requestId) {
		return new GatewayError(status, code, message, null, null, requestId);
	}

}
