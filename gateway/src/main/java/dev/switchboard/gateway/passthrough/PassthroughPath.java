package dev.switchboard.gateway.passthrough;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which provider a request is for, and what of it. What it names lies below the
 * provider's base URL and nowhere else: whatever a server, a library or a provider could
 * read as another place is refused.
 *
 * @param provider the provider's name
 * @param rest the encoded path behind it, empty or with a leading slash
 * @param query the encoded query without credentials; {@code null} for none
 */
record PassthroughPath(String provider, String rest, @Nullable String query) {

	static final String PREFIX = "/passthrough/";

	/** What a path may consist of beside letters, digits and what is percent-encoded. */
	private static final String PATH_CHARACTERS = "-._~!$&'()*+,=:@/";

	/** What would be a separator, a step or an escape once somebody has decoded it. */
	private static final String NEVER_ENCODED = "/\\.;%";

	/** Parameters in which callers, and Google's libraries, put a credential. */
	private static final Set<String> CREDENTIALS = Set.of("key", "$key", "api_key", "api-key", "apikey",
			"x-goog-api-key", "access_token", "oauth_token");

	static PassthroughPath of(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		if (!path.startsWith(PREFIX)) {
			throw refused("must start with " + PREFIX);
		}
		requireHarmless(path);
		int end = path.indexOf('/', PREFIX.length());
		String provider = (end < 0) ? path.substring(PREFIX.length()) : path.substring(PREFIX.length(), end);
		return new PassthroughPath(provider, (end < 0) ? "" : path.substring(end),
				withoutCredentials(request.getQueryString()));
	}

	/**
	 * The path and query below a base URL. What both have in common, such as the
	 * {@code /v1} in which one ends and the other begins, is there once.
	 */
	String below(URI baseUrl) {
		String base = (baseUrl.getRawPath() != null) ? baseUrl.getRawPath() : "";
		String path = this.rest;
		for (int i = base.isEmpty() ? -1 : 0; i >= 0; i = base.indexOf('/', i + 1)) {
			String common = base.substring(i);
			if (this.rest.startsWith(common)
					&& (this.rest.length() == common.length() || this.rest.charAt(common.length()) == '/')) {
				path = this.rest.substring(common.length());
				break;
			}
		}
		return (path.isEmpty() ? "/" : path) + ((this.query != null) ? "?" + this.query : "");
	}

	private static void requireHarmless(String path) {
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c == '%') {
				requireHarmless(decoded(path, i));
				i += 2;
			}
			else if (!isLetterOrDigit(c) && PATH_CHARACTERS.indexOf(c) < 0) {
				throw refused("has a character that is not allowed at position " + i);
			}
		}
		if (path.contains("//") || path.contains("/./") || path.contains("/../") || path.endsWith("/.")
				|| path.endsWith("/..")) {
			throw refused("must have no empty segment, '.' or '..'");
		}
	}

	private static void requireHarmless(int decoded) {
		if (decoded < 0) {
			throw refused("has a '%' that two hexadecimal digits don't follow");
		}
		if (decoded < ' ' || decoded == 0x7f || NEVER_ENCODED.indexOf(decoded) >= 0) {
			throw refused("must not hide a slash, backslash, dot, semicolon, percent sign or control character "
					+ "behind '%'");
		}
	}

	private static int decoded(String path, int percent) {
		if (percent + 2 >= path.length()) {
			return -1;
		}
		int high = Character.digit(path.charAt(percent + 1), 16);
		int low = Character.digit(path.charAt(percent + 2), 16);
		return (high < 0 || low < 0) ? -1 : high * 16 + low;
	}

	private static boolean isLetterOrDigit(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}

	private static @Nullable String withoutCredentials(@Nullable String query) {
		if (query == null) {
			return null;
		}
		if (query.chars().anyMatch((c) -> c <= ' ' || c > '~' || c == '#')) {
			throw refused("has a query with characters that are not allowed");
		}
		StringBuilder kept = new StringBuilder(query.length());
		boolean any = false;
		for (String parameter : query.split("&", -1)) {
			if (!CREDENTIALS.contains(name(parameter))) {
				kept.append(any ? "&" : "").append(parameter);
				any = true;
			}
		}
		return any ? kept.toString() : null;
	}

	private static String name(String parameter) {
		int end = parameter.indexOf('=');
		String name = (end < 0) ? parameter : parameter.substring(0, end);
		if (name.indexOf('%') >= 0 || name.indexOf('+') >= 0) {
			try {
				name = URLDecoder.decode(name, StandardCharsets.UTF_8).strip();
			}
			catch (IllegalArgumentException ex) {
				// Then it is no name that anybody reads as a credential.
			}
		}
		return name.toLowerCase(Locale.ROOT);
	}

	private static RefusedRequestException refused(String why) {
		return new RefusedRequestException(400, "invalid_request", "The path of a request to a provider " + why, null);
	}

}
