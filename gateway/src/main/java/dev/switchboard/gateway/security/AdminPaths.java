package dev.switchboard.gateway.security;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The paths that only those may use who run the gateway, matched as Spring MVC matches
 * them.
 */
final class AdminPaths {

	static final String PATTERN = "/switchboard/admin/**";

	private static final PathPattern PATHS = PathPatternParser.defaultInstance.parse(PATTERN);

	private AdminPaths() {
	}

	static boolean include(HttpServletRequest request) {
		return PATHS.matches(PathContainer.parsePath(GatewayPaths.of(request)));
	}

}
