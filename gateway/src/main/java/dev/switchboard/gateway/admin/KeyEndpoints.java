package dev.switchboard.gateway.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.key.KeyDesk;
import dev.switchboard.gateway.security.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.HttpRequestHandler;

/**
 * The endpoints by which keys and teams are made and changed.
 */
public final class KeyEndpoints {

	private final Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();

	/**
	 * Endpoints over a desk.
	 * @param desk where keys are changed
	 * @param callers tells who sends a request
	 * @param errors writes what is said instead of an answer
	 */
	public KeyEndpoints(KeyDesk desk, Function<HttpServletRequest, CallerAccess> callers, ErrorWriter errors) {
		ChangeRequests changes = new ChangeRequests(callers);
		KeyRequests keys = new KeyRequests(desk.keys(), changes);
		put("/keys", Map.of("GET", keys::list), errors);
		put("/keys/{name}", Map.of("GET", keys::show, "PUT", keys::put, "DELETE", keys::delete), errors);
		put("/keys/{name}/block", Map.of("POST", keys::block), errors);
		put("/keys/{name}/unblock", Map.of("POST", keys::unblock), errors);
		put("/keys/{name}/expire", Map.of("POST", keys::expire), errors);
		put("/keys/{name}/rotate", Map.of("POST", keys::rotate), errors);
		TeamRequests teams = new TeamRequests(desk.teams(), changes);
		put("/teams", Map.of("GET", teams::list), errors);
		put("/teams/{name}", Map.of("GET", teams::show, "PUT", teams::put, "DELETE", teams::delete), errors);
		put("/teams/{name}/block", Map.of("POST", teams::block), errors);
		put("/teams/{name}/unblock", Map.of("POST", teams::unblock), errors);
		put("/audit", Map.of("GET", new AuditList(desk)), errors);
	}

	private void put(String path, Map<String, AdminEndpoint> endpoints, ErrorWriter errors) {
		this.handlers.put(AdminEndpoints.PREFIX + path, new AdminHandler(endpoints, errors));
	}

	/**
	 * The endpoints.
	 * @return who handles requests, by path
	 */
	public Map<String, HttpRequestHandler> handlers() {
		return Map.copyOf(this.handlers);
	}

}
