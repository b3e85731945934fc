package dev.switchboard.gateway.access;

import org.jspecify.annotations.Nullable;

/**
 * Where teams are looked up, of callers by key and by token alike.
 */
@FunctionalInterface
public interface Teams {

	/** No teams: then a team is a name and nothing more. */
	Teams NONE = (name) -> null;

	/**
	 * Looks a team up. It is called for every request of somebody who has one.
	 * @param name the group of a caller
	 * @return the team; {@code null} if there is none of that name, which limits nothing
	 */
	@Nullable Team team(String name);

}
