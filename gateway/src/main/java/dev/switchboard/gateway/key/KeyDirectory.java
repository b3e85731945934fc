package dev.switchboard.gateway.key;

import java.time.Duration;
import java.time.InstantSource;

import dev.switchboard.gateway.access.KeyHash;
import dev.switchboard.gateway.access.KeyMatch;
import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.access.Team;
import dev.switchboard.gateway.access.Teams;
import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.store.key.KeySnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the configuration and those of the database, with its teams, all in memory:
 * a call asks no database. What was last read of it counts until something else is read.
 * <p>
 * Only hashes are looked up and compared, as {@link VirtualKeys} says.
 */
public final class KeyDirectory implements KeyStore, Teams {

	private static final Logger log = LoggerFactory.getLogger(KeyDirectory.class);

	private static final KeyMatch UNKNOWN = new KeyMatch.Unknown();

	private static final KeyMatch UNAVAILABLE = new KeyMatch.Unavailable(Duration.ofSeconds(5));

	private final VirtualKeys configured;

	private final InstantSource clock;

	private volatile @Nullable KnownKeys known;

	/**
	 * Knows nothing of the database before it is told.
	 * @param configured the keys of the configuration; their names are theirs
	 * @param stored whether there are others in a database
	 * @param clock what tells whether one has expired
	 */
	public KeyDirectory(VirtualKeys configured, boolean stored, InstantSource clock) {
		this.configured = configured;
		this.clock = clock;
		this.known = stored ? null : KnownKeys.NONE;
	}

	/**
	 * Takes what the database has in place of what it had.
	 * @param snapshot its keys and teams
	 */
	public void accept(KeySnapshot snapshot) {
		KnownKeys next = KnownKeys.of(snapshot, this.configured.byName().keySet());
		KnownKeys before = this.known;
		this.known = next;
		if (!next.shadowed().isEmpty() && (before == null || !before.shadowed().equals(next.shadowed()))) {
			log.warn("Keys of the database are not let in, as the configuration has keys of their names names={}",
					next.shadowed());
		}
	}

	@Override
	public KeyMatch find(String presented) {
		KeyHash hash = KeyHash.of(presented);
		KeyMatch match = this.configured.find(hash);
		if (!(match instanceof KeyMatch.Unknown)) {
			return match;
		}
		KnownKeys keys = this.known;
		if (keys == null) {
			return UNAVAILABLE;
		}
		KnownKeys.Entry entry = keys.find(hash);
		return (entry != null) ? entry.match(this.clock.instant()) : UNKNOWN;
	}

	@Override
	public Presence presence() {
		if (this.configured.presence() == Presence.SOME) {
			return Presence.SOME;
		}
		KnownKeys keys = this.known;
		if (keys == null) {
			return Presence.UNKNOWN;
		}
		return keys.isEmpty() ? Presence.NONE : Presence.SOME;
	}

	@Override
	public @Nullable Team team(String name) {
		KnownKeys keys = this.known;
		return (keys != null) ? keys.team(name) : null;
	}

	/**
	 * The keys of the configuration.
	 * @return the keys, which nobody changes at run time
	 */
	public VirtualKeys configured() {
		return this.configured;
	}

}
