package dev.switchboard.gateway.access;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A key that we issue to a caller of the gateway.
 *
 * @param name what it is called, for messages and reports; never the key itself
 * @param hash what is kept of it
 * @param access who presents it, and what he may reach
 * @param expires from when on it is refused; {@code null} for never
 */
public record VirtualKey(String name, KeyHash hash, CallerAccess access, @Nullable Instant expires) {

	public VirtualKey {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A key must have a name");
		}
	}

	/**
	 * A key as it is configured.
	 * @param name what it is called
	 * @param hash its hash, as {@link KeyHash#parse} reads it
	 * @param access who presents it, and what he may reach
	 * @param expires from when on it is refused; {@code null} for never
	 * @return the key
	 * @throws IllegalArgumentException if the name or the hash is none; the message never
	 * shows the hash
	 */
	public static VirtualKey of(String name, String hash, CallerAccess access, @Nullable Instant expires) {
		return new VirtualKey(name, KeyHash.parse(name, hash), access, expires);
	}

	/**
	 * Whether it is refused for its age.
	 * @param now the time
	 * @return whether it is; at the instant of its expiry too
	 */
	public boolean isExpired(Instant now) {
		return this.expires != null && !now.isBefore(this.expires);
	}

	@Override
	public String toString() {
		return "VirtualKey[name=" + this.name + ", access=" + this.access + ", expires=" + this.expires + "]";
	}

}
