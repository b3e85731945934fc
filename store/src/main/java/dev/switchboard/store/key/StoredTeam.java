package dev.switchboard.store.key;

import java.time.Instant;

/**
 * A team as it is kept.
 *
 * @param name what it is called
 * @param reach the most that its members may reach
 * @param blocked whether its members are refused
 * @param created when it was made
 * @param changed when it was last changed
 */
public record StoredTeam(String name, Reach reach, boolean blocked, Instant created, Instant changed) {

	/**
	 * The same team, blocked or not.
	 * @param blocked whether its members are refused
	 * @return the team
	 */
	public StoredTeam withBlocked(boolean blocked) {
		return new StoredTeam(this.name, this.reach, blocked, this.created, this.changed);
	}

	/**
	 * The same team with another reach.
	 * @param reach the most that its members may reach
	 * @return the team
	 */
	public StoredTeam withReach(Reach reach) {
		return new StoredTeam(this.name, reach, this.blocked, this.created, this.changed);
	}

	/**
	 * The same team at another time.
	 * @param changed when it was last changed
	 * @return the team
	 */
	public StoredTeam withChanged(Instant changed) {
		return new StoredTeam(this.name, this.reach, this.blocked, this.created, changed);
	}

}
