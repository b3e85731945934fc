package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.util.Map;

import dev.switchboard.gateway.security.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.HttpRequestHandler;

/**
 * What there is under {@code /switchboard/admin}, said in OpenAPI 3.1.
 */
public final class ApiDescription {

	private static final ClassPathResource TEXT = new ClassPathResource("openapi.json", ApiDescription.class);

	private final ErrorWriter errors;

	/**
	 * A description.
	 * @param errors writes what is said instead of it
	 */
	public ApiDescription(ErrorWriter errors) {
		this.errors = errors;
	}

	/**
	 * Its endpoint.
	 * @return who handles requests, by path
	 */
	public Map<String, HttpRequestHandler> handlers() {
		return Map.of(AdminEndpoints.PREFIX + "/openapi.json",
				new AdminHandler(Map.of("GET", ApiDescription::answer), this.errors));
	}

	private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters.of(request);
		byte[] text = TEXT.getContentAsByteArray();
		response.setContentType("application/json");
		response.setContentLength(text.length);
		response.getOutputStream().write(text);
	}

}
