package dev.switchboard.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is kept of a key: its SHA-256, from which nobody gets the key back.
 * <p>
 * A fast hash is right here, unlike for passwords: keys are long random strings, so there
 * is no dictionary to try and nothing that a slow hash would make harder, while every
 * request would pay for it.
 * <p>
 * Two are compared by {@link MessageDigest#isEqual}, whose time does not depend on where
 * they differ.
 */
public final class KeyHash {

	private static final String SHA_256 = "{sha256}";

	private static final String PLAIN = "{noop}";

	private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

	// What a header can carry without being changed on its way.
	private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

	private static final KeyHash OF_NOTHING = new KeyHash(digest(""), false);

	private final byte[] digest;

	private final boolean fromPlainText;

	private KeyHash(byte[] digest, boolean fromPlainText) {
		this.digest = digest;
		this.fromPlainText = fromPlainText;
	}

	/**
	 * Hashes a key.
	 * @param key the key as a caller presents it
	 * @return its hash
	 */
	public static KeyHash of(String key) {
		return new KeyHash(digest(key), false);
	}

	/**
	 * Reads a hash as it is configured.
	 * @param keyName the name of the key, for messages
	 * @param text {@code {sha256}} and 64 hexadecimal digits, or, for development only,
	 * {@code {noop}} and the key itself, of which only the hash is kept
	 * @return the hash
	 * @throws IllegalArgumentException if it is neither, or the hash of an empty key; the
	 * message names the key's name and never what was found
	 */
	public static KeyHash parse(String keyName, String text) {
		String stripped = text.strip();
		String prefix = stripped.substring(0, stripped.indexOf('}') + 1).toLowerCase(Locale.ROOT);
		String value = stripped.substring(prefix.length());
		KeyHash hash = switch (prefix) {
			case SHA_256 -> new KeyHash(bytes(keyName, value), false);
			case PLAIN -> new KeyHash(digest(printable(keyName, value)), true);
			default -> throw invalid(keyName, "must begin with '" + SHA_256 + "' or, for development only, '" + PLAIN
					+ "', but begins with neither");
		};
		if (hash.equals(OF_NOTHING)) {
			throw invalid(keyName, "is that of an empty key, as an unset variable leaves it");
		}
		return hash;
	}

	/**
	 * Reads a hash as it is kept.
	 * @param hex what {@link #hex()} gave
	 * @return the hash
	 */
	public static KeyHash ofHex(String hex) {
		return new KeyHash(HexFormat.of().parseHex(hex), false);
	}

	/**
	 * The hash as it is to be kept. Not for messages.
	 * @return 64 hexadecimal digits
	 */
	public String hex() {
		return HexFormat.of().formatHex(this.digest);
	}

	/**
	 * Whether the key itself stands where it was configured.
	 * @return whether it was given as {@code {noop}}
	 */
	public boolean isFromPlainText() {
		return this.fromPlainText;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof KeyHash hash && MessageDigest.isEqual(this.digest, hash.digest);
	}

	@Override
	public int hashCode() {
		return this.digest[0] << 24 | (this.digest[1] & 0xff) << 16 | (this.digest[2] & 0xff) << 8
				| (this.digest[3] & 0xff);
	}

	@Override
	public String toString() {
		return "******";
	}

	private static byte[] bytes(String keyName, String hex) {
		if (!HEX.matcher(hex).matches()) {
			throw invalid(keyName, "must have 64 hexadecimal digits after '" + SHA_256 + "', but has " + hex.length()
					+ " characters" + ((hex.length() == 64) ? " of which some are no such digits" : ""));
		}
		return HexFormat.of().parseHex(hex);
	}

	private static String printable(String keyName, String key) {
		if (!key.isEmpty() && !PRINTABLE.matcher(key).matches()) {
			throw invalid(keyName, "must have printable ASCII characters without spaces after '" + PLAIN + "'");
		}
		return key;
	}

	private static IllegalArgumentException invalid(String keyName, String problem) {
		return new IllegalArgumentException("The hash of key '" + keyName + "' " + problem);
	}

	private static byte[] digest(String key) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
