package dev.switchboard.gateway.security;

import java.time.Duration;
import java.util.List;

import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.access.KeyMatch;
import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.access.Team;
import dev.switchboard.gateway.access.Teams;
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

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final KeyStore keys;

	private final Teams teams;

	private final @Nullable BearerTokens tokens;

	PresentedKeys(KeyStore keys, Teams teams, @Nullable BearerTokens tokens) {
		this.keys = keys;
		this.teams = teams;
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
		if (this.keys.presence() == KeyStore.Presence.UNKNOWN && this.tokens == null) {
			return unavailable("It is not known whether a key is required", PATIENCE);
		}
		return Identification.Refused.keyRequired("A key is required: send it in the header 'Authorization' after the "
				+ "word 'Bearer', or in the header 'x-api-key' or 'x-goog-api-key'; a key in the URL is not read");
	}

	private Identification key(String presented, String header, @Nullable BearerTokens tokens) {
		return this.keys.find(presented)
			.match((key) -> member(key, header), (key) -> refused(key, header),
					() -> unknown(presented, header, tokens), (match) -> {
						// A token is none of our keys, whatever they are.
						return (tokens != null && isJwt(presented)) ? token(presented, tokens) : unavailable(
								"The key in the header '" + header + "' cannot be checked", match.retryAfter());
					});
	}

	private Identification member(VirtualKey key, String header) {
		Team team = team(key.access());
		if (team == null) {
			return new Identification.Known(key.access());
		}
		return team.blocked()
				? Identification.Refused.keyInvalid("The key in the header '" + header
						+ "' belongs to a team that is blocked: ask those who run this gateway")
				: new Identification.Known(team.limit(key.access()));
	}

	private static Identification refused(KeyMatch.Refused key, String header) {
		return Identification.Refused.keyInvalid("The key in the header '" + header + "' " + switch (key.reason()) {
			case EXPIRED -> "has expired: ask for a new one";
			case BLOCKED -> "is blocked: ask those who run this gateway";
			case REPLACED -> "was replaced by a new one: use that";
		});
	}

	private Identification unknown(String presented, String header, @Nullable BearerTokens tokens) {
		if (tokens != null && isJwt(presented)) {
			return token(presented, tokens);
		}
		return Identification.Refused
			.keyInvalid("The key in the header '" + header + "' is none that this gateway knows");
	}

	private Identification token(String presented, BearerTokens tokens) {
		return tokens.identify(presented).match(this::member, (refused) -> refused);
	}

	// The token is good, and a client that throws it away will get no better one: so this
	// is no 401.
	private Identification member(CallerAccess access) {
		Team team = team(access);
		if (team == null) {
			return new Identification.Known(access);
		}
		return team.blocked()
				? new Identification.Refused(403, "team_blocked",
						"Your team is blocked: ask those who run this gateway", null)
				: new Identification.Known(team.limit(access));
	}

	private @Nullable Team team(CallerAccess access) {
		String group = access.caller().group();
		return (group != null) ? this.teams.team(group) : null;
	}

	private static Identification unavailable(String problem, Duration retryAfter) {
		return new Identification.Refused(503, "keys_unavailable",
				problem + ", as the database of the keys does not answer", retryAfter);
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
