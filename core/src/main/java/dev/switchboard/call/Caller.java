package dev.switchboard.call;

import org.jspecify.annotations.Nullable;

/**
 * Who is charged for a call.
 *
 * @param name the principal, key or tag
 * @param group the group he belongs to, such as {@code enterprise}; {@code null} for none
 */
public record Caller(String name, @Nullable String group) {

	/** The application itself. */
	public static final Caller ANONYMOUS = new Caller("anonymous", null);

}
