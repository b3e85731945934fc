package dev.switchboard.gateway.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.Caller;
import org.jspecify.annotations.Nullable;

/**
 * How the claims of an identity provider's token tell who calls and what he may reach.
 *
 * @param name the claim that names the caller
 * @param groups the claims that may name his group, the first that is there counts; of a
 * list its first element
 * @param routes the claim that lists the routes he may use, as a list or as words with
 * spaces between them; {@code *} stands for any characters
 * @param models the claim that lists the models he may name past any route
 * @param passthrough the claim that lists the providers whose own API he may use
 * @param admin the claim that is {@code true} for those who run the gateway
 * @param otherwise what he may use where a claim is absent; its caller is not used
 */
public record ClaimMapping(String name, List<String> groups, String routes, String models, String passthrough,
		String admin, CallerAccess otherwise) {

	/**
	 * The names by which claims are looked for unless something else is said; a caller
	 * whose token lists nothing may use every route, and nothing past them.
	 */
	public static final ClaimMapping DEFAULT = new ClaimMapping("sub", List.of("groups", "team"), "switchboard_routes",
			"switchboard_models", "switchboard_passthrough", "switchboard_admin",
			new CallerAccess(Caller.ANONYMOUS, Allowed.EVERYTHING, Allowed.NOTHING, Allowed.NOTHING));

	public ClaimMapping {
		groups = List.copyOf(groups);
	}

	/**
	 * Reads the claims of a token that has been found good.
	 * @param claims the claims, by name
	 * @return who calls and what he may reach
	 * @throws IllegalArgumentException if they do not say who calls, or list something in
	 * a way that cannot be read; the message is fit for the caller
	 */
	public CallerAccess access(Map<String, Object> claims) {
		return new CallerAccess(new Caller(callerName(claims), group(claims)),
				allowed(claims, this.routes, this.otherwise.routes()),
				allowed(claims, this.models, this.otherwise.models()),
				allowed(claims, this.passthrough, this.otherwise.passthrough()),
				Boolean.TRUE.equals(claims.get(this.admin)));
	}

	private String callerName(Map<String, Object> claims) {
		if (claims.get(this.name) instanceof String text && !text.isBlank()) {
			return text;
		}
		throw new IllegalArgumentException("The claim '" + this.name + "' does not name the caller");
	}

	private @Nullable String group(Map<String, Object> claims) {
		for (String claim : this.groups) {
			Object value = claims.get(claim);
			Object first = (value instanceof Collection<?> values && !values.isEmpty()) ? values.iterator().next()
					: value;
			if (first instanceof String text && !text.isBlank()) {
				return text;
			}
		}
		return null;
	}

	private static Allowed allowed(Map<String, Object> claims, String claim, Allowed otherwise) {
		if (!claims.containsKey(claim)) {
			return otherwise;
		}
		// A claim that is there but says nothing allows nothing: a list that an identity
		// provider could not fill must not open what an absent one opens.
		Object value = claims.get(claim);
		if (value == null) {
			return Allowed.NOTHING;
		}
		if (value instanceof String text) {
			return text.isBlank() ? Allowed.NOTHING : new Allowed(Arrays.asList(text.strip().split("\\s+")));
		}
		if (value instanceof Collection<?> values
				&& values.stream().allMatch((each) -> each instanceof String text && !text.isBlank())) {
			return new Allowed(values.stream().map(String.class::cast).toList());
		}
		throw new IllegalArgumentException("The claim '" + claim + "' must be a list of names or a text");
	}

}
