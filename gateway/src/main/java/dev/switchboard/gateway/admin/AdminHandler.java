package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.switchboard.change.SettingsUnavailableException;
import dev.switchboard.gateway.front.RequestIds;
import dev.switchboard.gateway.passthrough.BrokenAnswerException;
import dev.switchboard.gateway.security.ErrorWriter;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.web.HttpRequestHandler;

/**
 * What all endpoints have in common: their methods, and what is said when there is no
 * answer.
 */
final class AdminHandler implements HttpRequestHandler {

	private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

	/** The database is tried again after a second, then more and more seldom. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Map<String, AdminEndpoint> endpoints;

	private final ErrorWriter errors;

	/**
	 * A handler of one path.
	 * @param endpoints who answers, by method; GET takes HEAD too
	 */
	AdminHandler(Map<String, AdminEndpoint> endpoints, ErrorWriter errors) {
		this.endpoints = new TreeMap<>(endpoints);
		this.errors = errors;
	}

	Set<String> methods() {
		return this.endpoints.keySet();
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader("Cache-Control", "no-store");
		AdminEndpoint endpoint = endpoint(request.getMethod());
		if (endpoint == null) {
			response.setHeader("Allow", String.join(", ", allowed()));
			write(request, response, new RefusedRequestException(405, "method_not_allowed",
					"This endpoint takes " + String.join(", ", methods()), null));
			return;
		}
		try {
			endpoint.answer(request, response);
		}
		catch (RefusedRequestException ex) {
			write(request, response, ex);
		}
		catch (DataAccessException | SettingsUnavailableException ex) {
			if (response.isCommitted()) {
				throw new BrokenAnswerException("The database went away in the middle of an export");
			}
			log.warn("The store cannot be asked error={}", ex.getMessage());
			this.errors.write(request, response,
					new GatewayError(503, "database_unavailable",
							"The database of the store does not answer; calls go on, and are booked later", null,
							PATIENCE, RequestIds.random()));
		}
	}

	private @Nullable AdminEndpoint endpoint(String method) {
		return this.endpoints.get(method.equals("HEAD") ? "GET" : method);
	}

	private List<String> allowed() {
		Set<String> allowed = new TreeSet<>(methods());
		if (allowed.contains("GET")) {
			allowed.add("HEAD");
		}
		return List.copyOf(allowed);
	}

	private void write(HttpServletRequest request, HttpServletResponse response, RefusedRequestException ex)
			throws IOException {
		this.errors.write(request, response, ex.toError(RequestIds.random()));
	}

}
