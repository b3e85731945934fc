package dev.switchboard.gateway.key;

import java.time.Instant;
import java.util.List;

import dev.switchboard.store.key.StoredTeam;

/**
 * A team as it is shown.
 *
 * @param name what it is called
 * @param routes the most that exists for its members
 * @param models the most that they may name past any route
 * @param passthrough the most whose own API they may use
 * @param blocked whether they are refused
 * @param keys how many keys belong to it
 * @param created when it was made
 * @param changed when it was last changed
 */
public record TeamView(String name, List<String> routes, List<String> models, List<String> passthrough, boolean blocked,
		long keys, Instant created, Instant changed) {

	static TeamView of(StoredTeam team, long keys) {
		return new TeamView(team.name(), team.reach().routes(), team.reach().models(), team.reach().passthrough(),
				team.blocked(), keys, team.created(), team.changed());
	}

}
