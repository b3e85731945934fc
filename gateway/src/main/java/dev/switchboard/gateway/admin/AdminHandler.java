package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

import dev.switchboard.gateway.front.RequestIds;
import dev.switchboard.gateway.passthrough.BrokenAnswerException;
import dev.switchboard.gateway.security.ErrorWriter;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.web.HttpRequestHandler;

/**
 * What all endpoints have in common: their method, and what is said when there is no
 * answer.
 */
final class AdminHandler implements HttpRequestHandler {

	private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

	/** The database is tried again after a second, then more and more seldom. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final AdminEndpoint endpoint;

	private final ErrorWriter errors;

	AdminHandler(AdminEndpoint endpoint, ErrorWriter errors) {
		this.endpoint = endpoint;
		this.errors = errors;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader("Cache-Control", "no-store");
		if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
			response.setHeader("Allow", "GET, HEAD");
			write(request, response,
					new RefusedRequestException(405, "method_not_allowed", "This endpoint takes GET requests", null));
			return;
		}
		try {
			this.endpoint.get(request, response);
		}
		catch (RefusedRequestException ex) {
			write(request, response, ex);
		}
		catch (DataAccessException ex) {
			if (response.isCommitted()) {
				throw new BrokenAnswerException("The database went away in the middle of an export");
			}
			log.warn("The ledger cannot be asked error={}", ex.getMessage());
			this.errors.write(request, response,
					new GatewayError(503, "database_unavailable",
							"The database of the ledger does not answer; calls go on, and are booked later", null,
							PATIENCE, RequestIds.random()));
		}
	}

	private void write(HttpServletRequest request, HttpServletResponse response, RefusedRequestException ex)
			throws IOException {
		this.errors.write(request, response, ex.toError(RequestIds.random()));
	}

}
