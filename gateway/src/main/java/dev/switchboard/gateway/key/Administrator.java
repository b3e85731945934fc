package dev.switchboard.gateway.key;

import dev.switchboard.gateway.access.CallerAccess;

/**
 * Somebody who runs the gateway and changes something.
 *
 * @param name what he is called in the audit
 * @param local whether he is let in only because there is no key
 * @param force whether he insists, though nobody might be left who runs the gateway
 */
public record Administrator(String name, boolean local, boolean force) {

	/** What somebody without a key is called; no key has this name. */
	static final String LOCAL = "local";

	private static final int LONGEST = 255;

	/**
	 * The caller of a request.
	 * @param access who it is
	 * @param force whether he insists
	 * @return the administrator
	 */
	public static Administrator of(CallerAccess access, boolean force) {
		boolean local = access.equals(CallerAccess.LOCAL);
		return new Administrator(local ? LOCAL : printable(access.caller().name()), local, force);
	}

	// The name in a token is the identity provider's and may be anything.
	private static String printable(String name) {
		StringBuilder printable = new StringBuilder();
		name.codePoints().limit(LONGEST).forEach((c) -> printable.append((c >= ' ' && c <= '~') ? (char) c : '?'));
		return printable.toString();
	}

}
