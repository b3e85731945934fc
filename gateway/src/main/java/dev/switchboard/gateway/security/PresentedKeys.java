package dev.switchboard.gateway.security;

import java.util.List;

import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.access.VirtualKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Callers who present a key, or a token where tokens are read. Where several headers are
 * there, {@code x-api-key} counts, as with the providers whose clients send both, then
 * Google's. What stands in a URL is read by nobody: URLs are logged.
 */
final class PresentedKeys implements CallerSource {

	/** What Anthropic's clients send, and what Google's do. */
	private static final List<String> API_KEYS = List.of("x-api-key", "x-goog-api-key");

	private static final String AUTHORIZATION = "Authorization";

	private static final String BEARER = "Bearer";

	private final @Nullable KeyStore keys;

	private final @Nullable BearerTokens tokens;

	PresentedKeys(@Nullable KeyStore keys, @Nullable BearerTokens tokens) {
		this.keys = keys;
		this.tokens = tokens;
	}

	@Override
	public Identification identify(HttpServletRequest request) {
		for (String header : API_KEYS) {
			String apiKey = request.getHeader(header);
			if (apiKey != null && !apiKey.isBlank()) {
				return key(apiKey.strip(), header, null);
			}
		}
		String bearer = bearer(request.getHeader(AUTHORIZATION));
		if (bearer != null) {
			return key(bearer, AUTHORIZATION, this.tokens);
		}
		return Identification.Refused.keyRequired("A key is required: send it in the header 'Authorization' after the "
				+ "word 'Bearer', or in the header 'x-api-key' or 'x-goog-api-key'; a key in the URL is not read");
	}

	private Identification key(String presented, String header, @Nullable BearerTokens tokens) {
		if (this.keys == null) {
			return unknown(presented, header, tokens);
		}
		return this.keys.find(presented)
			.match(PresentedKeys::known, (key) -> expired(header), () -> unknown(presented, header, tokens));
	}

	private static Identification known(VirtualKey key) {
		return new Identification.Known(key.access());
	}

	private static Identification expired(String header) {
		return Identification.Refused
			.keyInvalid("The key in the header '" + header + "' has expired: ask for a new one");
	}

	private static Identification unknown(String presented, String header, @Nullable BearerTokens tokens) {
		if (tokens != null && isJwt(presented)) {
			return tokens.identify(presented);
		}
		return Identification.Refused
			.keyInvalid("The key in the header '" + header + "' is none that this gateway knows");
	}

	private static @Nullable String bearer(@Nullable String authorization) {
		if (authorization == null || authorization.length() <= BEARER.length()
				|| !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
				|| !Character.isWhitespace(authorization.charAt(BEARER.length()))) {
			return null;
		}
		String token = authorization.substring(BEARER.length()).strip();
		return token.isEmpty() ? null : token;
	}

	private static boolean isJwt(String text) {
		int first = text.indexOf('.');
		int second = text.indexOf('.', first + 1);
		return first > 0 && second > first + 1 && second < text.length() - 1 && text.indexOf('.', second + 1) < 0;
	}

}
