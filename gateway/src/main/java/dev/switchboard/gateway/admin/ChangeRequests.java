package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.key.Administrator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerMapping;

/**
 * What requests have in common that change something by its name.
 *
 * @param callers tells who sends a request
 */
record ChangeRequests(Function<HttpServletRequest, CallerAccess> callers) {

	private static final String FORCE = "force";

	/** The name in the path. */
	static String name(HttpServletRequest request) {
		Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return String.valueOf(((Map<?, ?>) variables).get("name"));
	}

	/** Who sends a request that could leave nobody who runs the gateway. */
	Administrator insistent(HttpServletRequest request) {
		boolean force = Boolean.TRUE.equals(Parameters.of(request, FORCE).flag(FORCE));
		return Administrator.of(this.callers.apply(request), force);
	}

	/** Who sends any other request that changes something. */
	Administrator plain(HttpServletRequest request) {
		Parameters.of(request);
		return Administrator.of(this.callers.apply(request), false);
	}

	/** Refuses what is said where there is nothing to be said. */
	static void requireNoBody(HttpServletRequest request) throws IOException {
		AdminBody.read(request, Set.of());
	}

	static void deleted(HttpServletResponse response, String name, boolean deleted) throws IOException {
		AdminJson.write(response, new Deleted(name, deleted));
	}

	/** That something is no longer there; it may not have been. */
	record Deleted(String name, boolean deleted) {
	}

}
