package dev.switchboard.gateway.key;

import java.time.Instant;
import java.util.List;

import dev.switchboard.gateway.access.VirtualKey;
import dev.switchboard.store.key.KeySnapshot;
import dev.switchboard.store.key.StoredKey;
import dev.switchboard.store.key.StoredTeam;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is shown; neither the key itself nor its hash.
 *
 * @param name what it is called
 * @param source {@code database}, or {@code configuration} of a key that can't be changed
 * here
 * @param state {@code active}, {@code blocked}, {@code expired}, or {@code team_blocked}
 * @param team the team it belongs to; {@code null} for none
 * @param routes the routes that exist with it
 * @param models the models that may be named past any route
 * @param passthrough the providers whose own API may be used
 * @param admin whether it is of somebody who runs the gateway
 * @param expires from when on it is refused; {@code null} for never
 * @param blocked whether it is blocked itself
 * @param previousUntil until when the key that it has replaced is good too; {@code null}
 * if that is over
 * @param created when it was made; {@code null} of a key of the configuration
 * @param changed when it was last changed; {@code null} of a key of the configuration
 */
public record KeyView(String name, String source, String state, @Nullable String team, List<String> routes,
		List<String> models, List<String> passthrough, boolean admin, @Nullable Instant expires, boolean blocked,
		@Nullable Instant previousUntil, @Nullable Instant created, @Nullable Instant changed) {

	static final String ACTIVE = "active";

	static KeyView of(VirtualKey key, KeySnapshot state, Instant now) {
		String team = key.access().caller().group();
		return new KeyView(key.name(), "configuration", state(false, key.expires(), team, state, now), team,
				key.access().routes().patterns(), key.access().models().patterns(),
				key.access().passthrough().patterns(), key.access().admin(), key.expires(), false, null, null, null);
	}

	static KeyView of(StoredKey key, KeySnapshot state, Instant now) {
		Instant until = key.hashes().previousUntil();
		return new KeyView(key.name(), "database", state(key.blocked(), key.expires(), key.team(), state, now),
				key.team(), key.reach().routes(), key.reach().models(), key.reach().passthrough(), key.admin(),
				key.expires(), key.blocked(), (until != null && until.isAfter(now)) ? until : null, key.created(),
				key.changed());
	}

	private static String state(boolean blocked, @Nullable Instant expires, @Nullable String team, KeySnapshot state,
			Instant now) {
		if (blocked) {
			return "blocked";
		}
		if (expires != null && !now.isBefore(expires)) {
			return "expired";
		}
		StoredTeam found = (team != null) ? state.team(team) : null;
		return (found != null && found.blocked()) ? "team_blocked" : ACTIVE;
	}

	/** Whether somebody can run the gateway with it now. */
	boolean isUsableByAdmin() {
		return this.admin && this.state.equals(ACTIVE);
	}

}
