package dev.switchboard.gateway.key;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.switchboard.autoconfigure.ModuleConfiguration;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.store.key.KeySnapshot;
import dev.switchboard.store.key.Reach;
import dev.switchboard.store.key.StoredTeam;
import org.jspecify.annotations.Nullable;

/**
 * What keys and teams must be like.
 */
final class Rules {

	private static final Pattern PATTERN = Pattern.compile("[!-~]{1,255}");

	private static final int MOST_PATTERNS = 100;

	private Rules() {
	}

	static void reach(Reach reach, Set<String> routes) {
		patterns("routes", reach.routes());
		patterns("models", reach.models());
		patterns("passthrough", reach.passthrough());
		for (String route : reach.routes()) {
			if (route.indexOf('*') < 0 && !routes.contains(route)) {
				String nearest = ModuleConfiguration.nearest(route, routes);
				throw RefusedRequestException.invalid("routes",
						"There is no route '" + route + "'; " + ((nearest != null) ? "did you mean '" + nearest + "'?"
								: "there are " + String.join(", ", new TreeSet<>(routes))));
			}
		}
	}

	private static void patterns(String field, List<String> patterns) {
		if (patterns.size() > MOST_PATTERNS) {
			throw RefusedRequestException.invalid(field,
					"'" + field + "' must have at most " + MOST_PATTERNS + " names");
		}
		if (!patterns.stream().allMatch((pattern) -> PATTERN.matcher(pattern).matches())) {
			throw RefusedRequestException.invalid(field,
					"Each name in '" + field + "' must have 1 to 255 printable ASCII characters and no space");
		}
	}

	static void team(@Nullable String team, KeySnapshot state) {
		if (team != null && state.team(team) == null) {
			List<String> names = state.teams().stream().map(StoredTeam::name).toList();
			String nearest = ModuleConfiguration.nearest(team, names);
			throw RefusedRequestException.invalid("team", "There is no such team" + ((nearest != null)
					? "; did you mean '" + nearest + "'?" : ": PUT /switchboard/admin/teams/<name> makes one"));
		}
	}

	static void future(@Nullable Instant expires, Instant now) {
		if (expires != null && !expires.isAfter(now)) {
			throw RefusedRequestException.invalid("expires", "'expires' is over already: give an instant to come");
		}
	}

}
