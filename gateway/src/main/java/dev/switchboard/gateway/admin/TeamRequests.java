package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import dev.switchboard.gateway.key.Administrator;
import dev.switchboard.gateway.key.TeamAdmin;
import dev.switchboard.gateway.key.TeamView;
import dev.switchboard.store.key.Reach;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Requests about teams.
 */
final class TeamRequests {

	private final TeamAdmin teams;

	private final ChangeRequests changes;

	TeamRequests(TeamAdmin teams, ChangeRequests changes) {
		this.teams = teams;
		this.changes = changes;
	}

	void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters parameters = Parameters.of(request, "blocked", Parameters.LIMIT, Parameters.AFTER);
		Boolean blocked = parameters.flag("blocked");
		List<TeamView> found = this.teams.teams()
			.stream()
			.filter((team) -> blocked == null || blocked == team.blocked())
			.toList();
		Page<TeamView> page = Page.of(found, TeamView::name, parameters);
		AdminJson.write(response, new Teams(page.elements(), page.next()));
	}

	void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters.of(request);
		AdminJson.write(response, this.teams.team(ChangeRequests.name(request)));
	}

	// What a team is not told to limit it does not limit.
	void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AdminBody body = AdminBody.read(request, Set.of("routes", "models", "passthrough"));
		Administrator admin = this.changes.plain(request);
		Reach reach = KeyRequests.reach(body, List.of("*"));
		TeamAdmin.Put put = this.teams.put(ChangeRequests.name(request), reach, admin);
		if (put.created()) {
			response.setStatus(HttpServletResponse.SC_CREATED);
		}
		AdminJson.write(response, put.view());
	}

	void block(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ChangeRequests.requireNoBody(request);
		AdminJson.write(response,
				this.teams.block(ChangeRequests.name(request), true, this.changes.insistent(request)));
	}

	void unblock(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ChangeRequests.requireNoBody(request);
		AdminJson.write(response, this.teams.block(ChangeRequests.name(request), false, this.changes.plain(request)));
	}

	void delete(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ChangeRequests.requireNoBody(request);
		String name = ChangeRequests.name(request);
		ChangeRequests.deleted(response, name, this.teams.delete(name, this.changes.plain(request)));
	}

	/** The answer; {@code next} is what to ask after, if there are more. */
	record Teams(List<TeamView> teams, @Nullable String next) {
	}

}
