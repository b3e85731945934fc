package dev.switchboard.gateway.security;

import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.access.VirtualKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Callers who present a key, or a token where tokens are read. Where both headers are
 * there, {@code x-api-key} counts, as with the providers whose clients send both.
 */
final class PresentedKeys implements CallerSource {

	private static final String API_KEY = "x-api-key";

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
		String apiKey = request.getHeader(API_KEY);
		if (apiKey != null && !apiKey.isBlank()) {
			return key(apiKey.strip(), API_KEY, null);
		}
		String bearer = bearer(request.getHeader(AUTHORIZATION));
		if (bearer != null) {
			return key(bearer, AUTHORIZATION, this.tokens);
		}
		return Identification.Refused.keyRequired("A key is required: send it in the header 'Authorization' after the "
				+ "word 'Bearer', or in the header 'x-api-key'");
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
