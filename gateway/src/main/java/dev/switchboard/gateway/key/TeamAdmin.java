package dev.switchboard.gateway.key;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.store.key.KeySnapshot;
import dev.switchboard.store.key.Reach;
import dev.switchboard.store.key.StoredTeam;
import tools.jackson.databind.node.ObjectNode;

/**
 * What those who run the gateway do to its teams. Throws what {@link KeyAdmin} throws.
 */
public final class TeamAdmin {

	private static final String TEAM = "team";

	private final AdminChanges changes;

	private final Supplier<Set<String>> routes;

	TeamAdmin(AdminChanges changes, Supplier<Set<String>> routes) {
		this.changes = changes;
		this.routes = routes;
	}

	/**
	 * All teams that were made here.
	 * @return the teams, by name
	 */
	public List<TeamView> teams() {
		KeySnapshot state = this.changes.state();
		return state.teams().stream().map((team) -> view(team, state)).toList();
	}

	/**
	 * A team.
	 * @param name its name
	 * @return the team
	 */
	public TeamView team(String name) {
		KeySnapshot state = this.changes.state();
		return view(require(name, state), state);
	}

	/**
	 * Makes a team, or makes it what it is to be. Whether it is blocked stays as it is.
	 * @param name its name
	 * @param reach the most that its members may reach
	 * @param admin who wants it
	 * @return the team, and whether it is new
	 */
	public Put put(String name, Reach reach, Administrator admin) {
		AdminNames.require(name);
		Rules.reach(reach, this.routes.get());
		return this.changes.run(admin, (draft) -> {
			StoredTeam old = draft.state.team(name);
			if (old == null) {
				StoredTeam team = new StoredTeam(name, reach, false, draft.now, draft.now);
				draft.change.insert(team);
				draft.audit("created", TEAM, name, Details.of(reach));
				return new Put(view(team, draft.state), true);
			}
			if (old.reach().equals(reach)) {
				return new Put(view(old, draft.state), false);
			}
			return new Put(update(old.withReach(reach), draft, "updated",
					Details.change(Details.of(old.reach()), Details.of(reach))), false);
		});
	}

	/**
	 * Blocks a team, or lets its members in again.
	 * @param name its name
	 * @param blocked whether they are to be refused
	 * @param admin who wants it
	 * @return the team
	 */
	public TeamView block(String name, boolean blocked, Administrator admin) {
		return this.changes.run(admin, (draft) -> {
			StoredTeam team = require(name, draft.state);
			return (team.blocked() == blocked) ? view(team, draft.state)
					: update(team.withBlocked(blocked), draft, blocked ? "blocked" : "unblocked", Details.none());
		});
	}

	/**
	 * Removes a team to which no key belongs.
	 * @param name its name
	 * @param admin who wants it
	 * @return whether there was one
	 */
	public boolean delete(String name, Administrator admin) {
		return this.changes.run(admin, (draft) -> {
			StoredTeam team = draft.state.team(name);
			if (team == null) {
				return false;
			}
			long keys = view(team, draft.state).keys();
			if (keys > 0) {
				throw new RefusedRequestException(409, "team_in_use", "There are keys in this team, and what limits "
						+ "them must not vanish: delete them or move them first (keys: " + keys + ")", "name");
			}
			draft.change.deleteTeam(name);
			draft.audit("deleted", TEAM, name, Details.of(team.reach()));
			return true;
		});
	}

	private TeamView update(StoredTeam team, AdminChanges.Draft draft, String what, ObjectNode details) {
		StoredTeam changed = team.withChanged(draft.now);
		draft.change.update(changed);
		draft.audit(what, TEAM, team.name(), details);
		return view(changed, draft.state);
	}

	// Keys that give way to those of the configuration are in it too.
	private TeamView view(StoredTeam team, KeySnapshot state) {
		long stored = state.keys().stream().filter((key) -> team.name().equals(key.team())).count();
		long configured = this.changes.views(new KeySnapshot(state.version(), List.of(), state.teams()))
			.stream()
			.filter((key) -> team.name().equals(key.team()))
			.count();
		return TeamView.of(team, stored + configured);
	}

	private static StoredTeam require(String name, KeySnapshot state) {
		StoredTeam team = state.team(name);
		if (team == null) {
			throw new RefusedRequestException(404, "unknown_team", "There is no team of that name", "name");
		}
		return team;
	}

	/**
	 * What became of a team.
	 *
	 * @param view the team
	 * @param created whether it is new
	 */
	public record Put(TeamView view, boolean created) {
	}

}
