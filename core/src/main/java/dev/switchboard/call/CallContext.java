package dev.switchboard.call;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a caller says about a call, beside its messages and options.
 *
 * @param caller who is charged
 * @param tags free words for reports and rules, by name
 * @param cacheControl what he says about remembered answers
 * @param policy the name of a policy that replaces the route's; {@code null} for the
 * route's own
 * @param deadline an upper bound for the policy's deadline; {@code null} for none
 */
public record CallContext(Caller caller, Map<String, String> tags, CacheControl cacheControl, @Nullable String policy,
		@Nullable Duration deadline) {

	/** Nothing in particular. */
	public static final CallContext DEFAULT = new CallContext(Caller.ANONYMOUS, Map.of(), CacheControl.DEFAULT, null,
			null);

	public CallContext {
		tags = Map.copyOf(tags);
		if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
			throw new IllegalArgumentException("A deadline must be positive, but was " + deadline);
		}
	}

}
