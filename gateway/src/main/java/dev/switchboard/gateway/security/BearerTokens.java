package dev.switchboard.gateway.security;

/**
 * Reads the tokens of an identity provider.
 */
@FunctionalInterface
public interface BearerTokens {

	/**
	 * Finds out whose a token is.
	 * @param token a text that looks like a JWT and is no key of ours
	 * @return who calls, or why he is not let in
	 */
	Identification identify(String token);

}
