package dev.switchboard.store.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key: its SHA-256 in hexadecimal digits, and that of the one before
 * it.
 *
 * @param current the hash of the key
 * @param previous the hash of the key that it has replaced; {@code null} if it is the
 * first of its name
 * @param previousUntil from when on that one is refused; {@code null} if there is none
 */
public record KeyHashes(String current, @Nullable String previous, @Nullable Instant previousUntil) {

	/**
	 * The hashes of a key that has replaced none.
	 * @param current the hash of the key
	 * @return the hashes
	 */
	public static KeyHashes of(String current) {
		return new KeyHashes(current, null, null);
	}

	/**
	 * Replaces the key.
	 * @param next the hash of the new one
	 * @param until from when on the present one is refused
	 * @return the hashes; of a key before the present one nothing is left
	 */
	public KeyHashes replaced(String next, Instant until) {
		return new KeyHashes(next, this.current, until);
	}

	@Override
	public String toString() {
		return "******";
	}

}
