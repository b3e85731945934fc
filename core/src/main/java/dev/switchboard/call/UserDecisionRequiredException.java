package dev.switchboard.call;

import java.util.List;

import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * Every target was skipped or failed, and the policy says that the user decides what
 * comes next.
 */
public final class UserDecisionRequiredException extends RouteCallException {

	private final transient List<RouteName> choices;

	/**
	 * A call whose continuation the user decides.
	 * @param record what the call left behind
	 * @param choices the other routes that could be tried
	 * @param cause the exception behind the first failure; {@code null} if there is none
	 */
	public UserDecisionRequiredException(CallRecord record, List<RouteName> choices, @Nullable Throwable cause) {
		super(TargetsExhaustedException.describe(record) + ". The user may try again or choose another route of "
				+ choices + ".", record, cause);
		this.choices = List.copyOf(choices);
	}

	/**
	 * The other routes that could be tried.
	 * @return the routes, in the order of the table
	 */
	public List<RouteName> choices() {
		return this.choices;
	}

}
