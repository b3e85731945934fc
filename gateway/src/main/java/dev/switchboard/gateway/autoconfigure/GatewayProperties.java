package dev.switchboard.gateway.autoconfigure;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything that is configured under {@code switchboard.gateway}.
 *
 * @param enabled Whether the routes are served over HTTP.
 * @param keys Keys of the callers, by name. Without any, and without an identity
 * provider, only callers on the same machine are let in.
 * @param jwt How the tokens of an identity provider are read.
 * @param aliases Further names for routes and models, such as those that a client insists
 * on; '*' in a name stands for any characters.
 * @param maxRequestSize Longest body of a request.
 * @param requestTimeout How long the sending of a request's body may take.
 * @param responsesProviders Providers on the OpenAI wire that have its responses beside
 * its chat completions; for the others such requests are translated.
 * @param passthrough The providers' own interfaces.
 */
@ConfigurationProperties("switchboard.gateway")
record GatewayProperties(@DefaultValue("true") boolean enabled, @DefaultValue Map<String, Key> keys,
		@DefaultValue Jwt jwt, @DefaultValue Map<String, String> aliases, @DefaultValue("32MB") DataSize maxRequestSize,
		@DefaultValue("60s") Duration requestTimeout, @DefaultValue("openai") Set<String> responsesProviders,
		@DefaultValue Passthrough passthrough) {

	/**
	 * A key of a caller.
	 *
	 * @param hash Hash of the key: '{sha256}' and 64 hexadecimal digits or, for
	 * development only, '{noop}' and the key itself.
	 * @param team Team that the caller belongs to; rules see it as the caller's group.
	 * @param routes Routes that exist for the caller; '*' stands for any characters.
	 * @param models Models, as 'provider/model', that the caller may name past the
	 * routes.
	 * @param passthrough Providers whose own interface the caller may use.
	 * @param admin Whether the caller may use the endpoints under '/switchboard/admin'.
	 * @param expires Instant from which on the key is refused.
	 */
	record Key(@Nullable String hash, @Nullable String team, @DefaultValue("*") List<String> routes,
			@DefaultValue List<String> models, @DefaultValue List<String> passthrough,
			@DefaultValue("false") boolean admin, @Nullable OffsetDateTime expires) {

		// The hash of a short key can be guessed.
		@Override
		public String toString() {
			return "Key[team=" + this.team + ", routes=" + this.routes + ", models=" + this.models + ", passthrough="
					+ this.passthrough + ", admin=" + this.admin + ", expires=" + this.expires + "]";
		}

	}

	/**
	 * Tokens of an identity provider; there must be a JwtDecoder, such as Spring Boot
	 * makes of 'spring.security.oauth2.resourceserver.jwt'.
	 *
	 * @param name Claim that names the caller.
	 * @param groups Claims that may name his group; the first that is there counts.
	 * @param routes Claim that lists the routes that exist for him.
	 * @param models Claim that lists the models that he may name past the routes.
	 * @param passthrough Claim that lists the providers whose own interface he may use.
	 * @param admin Claim that is true for those who may use the endpoints under
	 * '/switchboard/admin'.
	 * @param defaultRoutes Routes of callers whose token does not list any.
	 * @param defaultModels Models of callers whose token does not list any.
	 * @param defaultPassthrough Providers of callers whose token does not list any.
	 */
	record Jwt(@DefaultValue("sub") String name, @DefaultValue( {
			"groups", "team" }) List<String> groups, @DefaultValue("switchboard_routes") String routes,
			@DefaultValue("switchboard_models") String models,
			@DefaultValue("switchboard_passthrough") String passthrough,
			@DefaultValue("switchboard_admin") String admin, @DefaultValue("*") List<String> defaultRoutes,
			@DefaultValue List<String> defaultModels, @DefaultValue List<String> defaultPassthrough){

	}

	/**
	 * The providers' own interfaces.
	 *
	 * @param enabled Whether they can be reached.
	 * @param maxRequestSize Longest body of a request, which is never held in memory.
	 * @param answerTimeout Longest wait for the head of an answer.
	 * @param idleTimeout Longest silence within an answer.
	 */
	record Passthrough(@DefaultValue("true") boolean enabled, @DefaultValue("512MB") DataSize maxRequestSize,
			@DefaultValue("10m") Duration answerTimeout, @DefaultValue("2m") Duration idleTimeout) {

	}

}
