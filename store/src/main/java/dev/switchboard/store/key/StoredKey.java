package dev.switchboard.store.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept.
 *
 * @param name what it is called
 * @param hashes what is kept of the key itself
 * @param team the team it belongs to; {@code null} for none
 * @param reach what may be reached with it
 * @param admin whether it is of somebody who runs the gateway
 * @param expires from when on it is refused; {@code null} for never
 * @param blocked whether it is refused
 * @param created when it was made
 * @param changed when it was last changed
 */
public record StoredKey(String name, KeyHashes hashes, @Nullable String team, Reach reach, boolean admin,
		@Nullable Instant expires, boolean blocked, Instant created, Instant changed) {

	/**
	 * The same key, blocked or not.
	 * @param blocked whether it is refused
	 * @return the key
	 */
	public StoredKey withBlocked(boolean blocked) {
		return new StoredKey(this.name, this.hashes, this.team, this.reach, this.admin, this.expires, blocked,
				this.created, this.changed);
	}

	/**
	 * The same key with another end.
	 * @param expires from when on it is refused; {@code null} for never
	 * @return the key
	 */
	public StoredKey withExpires(@Nullable Instant expires) {
		return new StoredKey(this.name, this.hashes, this.team, this.reach, this.admin, expires, this.blocked,
				this.created, this.changed);
	}

	/**
	 * Another key under the same name.
	 * @param hashes what is kept of it
	 * @return the key
	 */
	public StoredKey withHashes(KeyHashes hashes) {
		return new StoredKey(this.name, hashes, this.team, this.reach, this.admin, this.expires, this.blocked,
				this.created, this.changed);
	}

	/**
	 * The same key at another time.
	 * @param changed when it was last changed
	 * @return the key
	 */
	public StoredKey withChanged(Instant changed) {
		return new StoredKey(this.name, this.hashes, this.team, this.reach, this.admin, this.expires, this.blocked,
				this.created, changed);
	}

}
