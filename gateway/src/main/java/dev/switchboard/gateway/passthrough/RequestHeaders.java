package dev.switchboard.gateway.passthrough;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.switchboard.gateway.wire.RefusedRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The header fields of a caller that a provider gets to see: all but his credentials,
 * where he comes from, what concerns his connection, and what he says to us.
 */
final class RequestHeaders {

	private static final Set<String> CREDENTIALS = Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key",
			"x-auth-token", "ocp-apim-subscription-key", "cookie", "cookie2");

	private static final Set<String> ORIGIN = Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip");

	/** Made anew for the provider's connection. */
	private static final Set<String> OURS = Set.of("host", "content-length", "expect", "accept-encoding");

	private RequestHeaders() {
	}

	/**
	 * Chooses.
	 * @param headers all of the caller's
	 * @param contentType his content type as he wrote it, which Spring adds a charset to
	 * @return those that are sent on, in order
	 */
	static List<Map.Entry<String, String>> of(HttpHeaders headers, @Nullable String contentType) {
		List<String> connection = headers.getOrEmpty(HttpHeaders.CONNECTION);
		Set<String> named = connection.isEmpty() ? Set.of() : HttpFields.named(connection);
		List<Map.Entry<String, String>> sent = new ArrayList<>();
		headers.forEach((name, values) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (isPassedOn(lower) && !named.contains(lower)) {
				values.forEach((value) -> sent.add(Map.entry(name, requireSafe(name, value))));
			}
		});
		if (contentType != null) {
			sent.add(Map.entry(HttpHeaders.CONTENT_TYPE, requireSafe(HttpHeaders.CONTENT_TYPE, contentType)));
		}
		// Packed answers could be passed on as well, but not looked into for their usage.
		sent.add(Map.entry(HttpHeaders.ACCEPT_ENCODING, "identity"));
		return sent;
	}

	private static boolean isPassedOn(String name) {
		return !CREDENTIALS.contains(name) && !ORIGIN.contains(name) && !OURS.contains(name)
				&& !HttpFields.isHopByHop(name) && !name.startsWith("x-forwarded-")
				&& !name.startsWith("x-switchboard-") && !name.equals("content-type");
	}

	private static String requireSafe(String name, String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if ((c < ' ' || c > '~') && c != '\t') {
				throw new RefusedRequestException(400, "invalid_request",
						"The value of header '" + name + "' must consist of printable ASCII characters", null);
			}
		}
		return value;
	}

}
