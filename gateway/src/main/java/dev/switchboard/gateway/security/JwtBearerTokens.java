package dev.switchboard.gateway.security;

import java.time.Duration;
import java.util.stream.Collectors;

import dev.switchboard.gateway.access.ClaimMapping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Reads JWTs by Spring's resource server. Needs it on the class path, which nothing else
 * of the gateway does.
 */
public final class JwtBearerTokens implements BearerTokens {

	private static final Logger log = LoggerFactory.getLogger(JwtBearerTokens.class);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final JwtAuthenticationProvider provider;

	private final ClaimMapping mapping;

	// Tells the change and not every request that suffers from it.
	private volatile boolean reachable = true;

	/**
	 * Takes what decodes and checks a token, and how its claims are read.
	 * @param decoder the application's decoder; it should check the audience
	 * ({@code spring.security.oauth2.resourceserver.jwt.audiences}), as otherwise every
	 * token that the identity provider gives to anybody for anything counts here
	 * @param mapping how claims tell who calls
	 */
	public JwtBearerTokens(JwtDecoder decoder, ClaimMapping mapping) {
		this.provider = new JwtAuthenticationProvider(decoder);
		// Authorities are not asked for here, so none are read from the token.
		this.provider.setJwtAuthenticationConverter(JwtAuthenticationToken::new);
		this.mapping = mapping;
	}

	@Override
	public Identification identify(String token) {
		try {
			Authentication caller = this.provider.authenticate(new BearerTokenAuthenticationToken(token));
			this.reachable = true;
			return known(((JwtAuthenticationToken) caller).getToken());
		}
		catch (AuthenticationServiceException | JwtDecoderInitializationException ex) {
			return unreachable(ex);
		}
		catch (AuthenticationException ex) {
			return refused(reason(ex));
		}
	}

	private Identification known(Jwt token) {
		try {
			return new Identification.Known(this.mapping.access(token.getClaims()));
		}
		catch (IllegalArgumentException ex) {
			return refused(String.valueOf(ex.getMessage()));
		}
	}

	private static String reason(AuthenticationException ex) {
		// Only a token whose signature is good comes as far as being checked, so what is
		// wrong with it is no secret to who presents it.
		if (ex.getCause() instanceof JwtValidationException invalid) {
			return invalid.getErrors().stream().map(OAuth2Error::getDescription).collect(Collectors.joining("; "));
		}
		return "it is malformed, or signed by somebody else than the identity provider";
	}

	private static Identification refused(String reason) {
		return Identification.Refused.keyInvalid("The token in the header 'Authorization' is not accepted: " + reason);
	}

	// Not the caller's fault, and not said as if it were: clients drop a token on a 401.
	private Identification unreachable(RuntimeException ex) {
		if (this.reachable) {
			this.reachable = false;
			log.warn("Tokens cannot be checked until the identity provider answers: error={}", ex.getMessage());
		}
		return new Identification.Refused(503, "identity_provider_unavailable",
				"The token cannot be checked because the identity provider does not answer", PATIENCE);
	}

}
