package dev.switchboard.gateway.security;

import java.util.Collection;
import java.util.List;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.PathContainer;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The paths that belong to the gateway, matched as Spring MVC matches them, so that none
 * reaches a handler by a spelling that passes by here.
 * <p>
 * When the container reports an error of such a path, that is the gateway's as well:
 * otherwise the application's chain, which does not know the caller, would answer 401 in
 * place of every 404.
 */
public final class GatewayPaths implements RequestMatcher {

	/**
	 * The endpoints of the wires, and the providers' own. Of {@code /v1} only what the
	 * gateway has there: an application may have a version of its own.
	 */
	public static final List<String> DEFAULT = List.of("/v1/chat/completions", "/v1/responses/**", "/v1/embeddings",
			"/v1/models/**", "/anthropic/**", "/passthrough/**", AdminPaths.PATTERN);

	private final List<PathPattern> patterns;

	/**
	 * Takes the paths.
	 * @param patterns patterns such as {@code /v1/**}, below the application's context
	 * path
	 */
	public GatewayPaths(Collection<String> patterns) {
		this.patterns = patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
	}

	/**
	 * The path that was called, without the context path and not decoded.
	 * @param request a request, or the error dispatch of one
	 * @return the path
	 */
	public static String of(HttpServletRequest request) {
		// There in error dispatches only. The kind of the dispatch is not asked for, as
		// the
		// requests by which Spring Security tries a path out do not know theirs.
		String uri = (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed) ? failed
				: request.getRequestURI();
		String context = request.getContextPath();
		return uri.startsWith(context) ? uri.substring(context.length()) : uri;
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		PathContainer path = PathContainer.parsePath(of(request));
		for (PathPattern pattern : this.patterns) {
			if (pattern.matches(path)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public String toString() {
		return "Gateway " + this.patterns;
	}

}
