package dev.switchboard.gateway.key;

import java.time.Instant;

import dev.switchboard.store.key.KeyHashes;
import dev.switchboard.store.key.Reach;
import dev.switchboard.store.key.StoredKey;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a key.
 *
 * @param team the team it belongs to; {@code null} for none
 * @param reach what may be reached with it
 * @param admin whether it is of somebody who runs the gateway
 * @param expires from when on it is refused; {@code null} for never
 */
public record KeySpec(@Nullable String team, Reach reach, boolean admin, @Nullable Instant expires) {

	static KeySpec of(StoredKey key) {
		return new KeySpec(key.team(), key.reach(), key.admin(), key.expires());
	}

	StoredKey newKey(String name, KeyHashes hashes, Instant now) {
		return new StoredKey(name, hashes, this.team, this.reach, this.admin, this.expires, false, now, now);
	}

	StoredKey applyTo(StoredKey key, Instant now) {
		return new StoredKey(key.name(), key.hashes(), this.team, this.reach, this.admin, this.expires, key.blocked(),
				key.created(), now);
	}

}
