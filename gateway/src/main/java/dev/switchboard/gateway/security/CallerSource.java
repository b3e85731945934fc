package dev.switchboard.gateway.security;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Finds out who sends a request.
 */
interface CallerSource {

	Identification identify(HttpServletRequest request);

}
