package dev.switchboard.store.key;

import java.util.List;

import dev.switchboard.store.change.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * All keys and teams at one time.
 *
 * @param version counts the changes
 * @param keys the keys, by name
 * @param teams the teams, by name
 */
public record KeySnapshot(long version, List<StoredKey> keys, List<StoredTeam> teams) implements Snapshot {

	public KeySnapshot {
		keys = List.copyOf(keys);
		teams = List.copyOf(teams);
	}

	/**
	 * A key.
	 * @param name its name
	 * @return the key; {@code null} if there is none
	 */
	public @Nullable StoredKey key(String name) {
		return this.keys.stream().filter((key) -> key.name().equals(name)).findFirst().orElse(null);
	}

	/**
	 * A team.
	 * @param name its name
	 * @return the team; {@code null} if there is none
	 */
	public @Nullable StoredTeam team(String name) {
		return this.teams.stream().filter((team) -> team.name().equals(name)).findFirst().orElse(null);
	}

}
