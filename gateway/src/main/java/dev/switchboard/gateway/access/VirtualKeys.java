package dev.switchboard.gateway.access;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of the configuration.
 * <p>
 * What is presented is hashed first, and only hashes are looked up and compared. So the
 * time of a lookup may tell something about which digests are near one another, which
 * says nothing of the keys: who tries to close in on a digest, byte by byte, has no way
 * to make a key for the next one, as every change of a key changes its whole digest. The
 * comparison that decides takes the same time for every digest nevertheless. Hashing
 * takes longer for a longer text, which is the caller's own.
 */
public final class VirtualKeys implements KeyStore {

	private static final KeyMatch UNKNOWN = new KeyMatch.Unknown();

	private final Map<KeyHash, VirtualKey> keys;

	private final Map<String, VirtualKey> byName;

	private final InstantSource clock;

	/**
	 * Takes the keys.
	 * @param keys all of them
	 * @param clock what tells whether one has expired
	 * @throws IllegalArgumentException if two have the same name or the same hash
	 */
	public VirtualKeys(Collection<VirtualKey> keys, InstantSource clock) {
		Map<KeyHash, VirtualKey> byHash = new HashMap<>();
		Map<String, VirtualKey> byName = new HashMap<>();
		for (VirtualKey key : keys) {
			if (byName.put(key.name(), key) != null) {
				throw new IllegalArgumentException("Two keys are named '" + key.name() + "'");
			}
			VirtualKey other = byHash.put(key.hash(), key);
			if (other != null) {
				throw new IllegalArgumentException("Keys '" + other.name() + "' and '" + key.name()
						+ "' have the same hash, so nobody could tell who calls");
			}
		}
		this.keys = Map.copyOf(byHash);
		this.byName = Map.copyOf(byName);
		this.clock = clock;
	}

	@Override
	public KeyMatch find(String presented) {
		return find(KeyHash.of(presented));
	}

	/**
	 * Looks a key up whose hash is known already.
	 * @param hash the hash of what a caller presents
	 * @return what it is
	 */
	public KeyMatch find(KeyHash hash) {
		VirtualKey key = this.keys.get(hash);
		if (key == null) {
			return UNKNOWN;
		}
		return key.isExpired(this.clock.instant()) ? new KeyMatch.Refused(key, KeyMatch.Refused.Reason.EXPIRED)
				: new KeyMatch.Found(key);
	}

	@Override
	public Presence presence() {
		return this.keys.isEmpty() ? Presence.NONE : Presence.SOME;
	}

	/**
	 * All keys.
	 * @return the keys, by name
	 */
	public Map<String, VirtualKey> byName() {
		return this.byName;
	}

	/**
	 * What an operator should know of these keys.
	 * @return one text for each key that stands in plain text where it was configured, by
	 * the keys' names, to be logged as a warning
	 */
	public List<String> warnings() {
		return this.keys.values()
			.stream()
			.filter((key) -> key.hash().isFromPlainText())
			.map(VirtualKey::name)
			.sorted()
			.map((name) -> "Key '" + name + "' stands in plain text in the configuration, which is for development "
					+ "only: replace '{noop}' and the key by '{sha256}' and the key's SHA-256")
			.toList();
	}

}
