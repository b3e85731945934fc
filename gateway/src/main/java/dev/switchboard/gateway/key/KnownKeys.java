package dev.switchboard.gateway.key;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.switchboard.call.Caller;
import dev.switchboard.gateway.access.Allowed;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.access.KeyHash;
import dev.switchboard.gateway.access.KeyMatch;
import dev.switchboard.gateway.access.Team;
import dev.switchboard.gateway.access.VirtualKey;
import dev.switchboard.store.key.KeySnapshot;
import dev.switchboard.store.key.Reach;
import dev.switchboard.store.key.StoredKey;
import dev.switchboard.store.key.StoredTeam;
import org.jspecify.annotations.Nullable;

/**
 * The keys and teams of the database, as they are looked up.
 */
final class KnownKeys {

	static final KnownKeys NONE = new KnownKeys(Map.of(), Map.of(), Set.of());

	private final Map<KeyHash, Entry> keys;

	private final Map<String, Team> teams;

	private final Set<String> shadowed;

	private KnownKeys(Map<KeyHash, Entry> keys, Map<String, Team> teams, Set<String> shadowed) {
		this.keys = keys;
		this.teams = teams;
		this.shadowed = shadowed;
	}

	/**
	 * Makes keys ready to be looked up.
	 * @param taken the names of other keys, which those of these names give way to
	 */
	static KnownKeys of(KeySnapshot snapshot, Set<String> taken) {
		Map<KeyHash, Entry> keys = new HashMap<>();
		Set<String> shadowed = new TreeSet<>();
		for (StoredKey stored : snapshot.keys()) {
			if (taken.contains(stored.name())) {
				shadowed.add(stored.name());
				continue;
			}
			VirtualKey key = key(stored);
			keys.put(key.hash(), new Entry(key, stored.blocked(), null));
			String previous = stored.hashes().previous();
			if (previous != null) {
				keys.put(KeyHash.ofHex(previous), new Entry(key, stored.blocked(), stored.hashes().previousUntil()));
			}
		}
		Map<String, Team> teams = new HashMap<>();
		snapshot.teams().forEach((team) -> teams.put(team.name(), team(team)));
		return new KnownKeys(keys, teams, shadowed);
	}

	private static VirtualKey key(StoredKey stored) {
		Reach reach = stored.reach();
		CallerAccess access = new CallerAccess(new Caller(stored.name(), stored.team()), new Allowed(reach.routes()),
				new Allowed(reach.models()), new Allowed(reach.passthrough()), stored.admin());
		return new VirtualKey(stored.name(), KeyHash.ofHex(stored.hashes().current()), access, stored.expires());
	}

	private static Team team(StoredTeam stored) {
		Reach reach = stored.reach();
		return new Team(stored.name(), new Allowed(reach.routes()), new Allowed(reach.models()),
				new Allowed(reach.passthrough()), stored.blocked());
	}

	@Nullable Entry find(KeyHash hash) {
		return this.keys.get(hash);
	}

	@Nullable Team team(String name) {
		return this.teams.get(name);
	}

	boolean isEmpty() {
		return this.keys.isEmpty();
	}

	/** The names of keys that give way to others. */
	Set<String> shadowed() {
		return this.shadowed;
	}

	/**
	 * A key, as it is found by a hash.
	 *
	 * @param replaced from when on another counts; {@code null} if this is that of the
	 * key
	 */
	record Entry(VirtualKey key, boolean blocked, @Nullable Instant replaced) {

		KeyMatch match(Instant now) {
			if (this.replaced != null && !now.isBefore(this.replaced)) {
				return new KeyMatch.Refused(this.key, KeyMatch.Refused.Reason.REPLACED);
			}
			if (this.blocked) {
				return new KeyMatch.Refused(this.key, KeyMatch.Refused.Reason.BLOCKED);
			}
			return this.key.isExpired(now) ? new KeyMatch.Refused(this.key, KeyMatch.Refused.Reason.EXPIRED)
					: new KeyMatch.Found(this.key);
		}

	}

}
