package dev.switchboard.gateway.passthrough;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer whose head filters behind the handler may still change.
 */
abstract class Reply implements ServerResponse {

	private final HttpStatusCode status;

	private final HttpHeaders headers;

	private final MultiValueMap<String, Cookie> cookies = new LinkedMultiValueMap<>();

	Reply(int status, HttpHeaders headers) {
		this.status = HttpStatusCode.valueOf(status);
		this.headers = headers;
	}

	@Override
	public HttpStatusCode statusCode() {
		return this.status;
	}

	@Override
	public HttpHeaders headers() {
		return this.headers;
	}

	@Override
	public MultiValueMap<String, Cookie> cookies() {
		return this.cookies;
	}

	/** Writes status, headers and cookies. */
	void writeHead(HttpServletResponse response) {
		response.setStatus(this.status.value());
		writeHeaders(response);
	}

	void writeHeaders(HttpServletResponse response) {
		this.headers.forEach((name, values) -> {
			// What was set before, as by Spring Security, gives way to the provider's.
			response.setHeader(name, null);
			values.forEach((value) -> response.addHeader(name, value));
		});
		this.cookies.values().forEach((same) -> same.forEach(response::addCookie));
	}

	/** The path of the gateway that stands for a provider's base URL. */
	static String root(HttpServletRequest request, String provider) {
		return request.getContextPath() + PassthroughPath.PREFIX + provider;
	}

}
