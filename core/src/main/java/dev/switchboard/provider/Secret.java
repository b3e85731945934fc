package dev.switchboard.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A credential that does not show itself: printing, logging or inspecting it gives
 * {@code ******}.
 */
public final class Secret {

	private final String value;

	private Secret(String value) {
		this.value = value;
	}

	/**
	 * Keeps a credential.
	 * @param value the credential; surrounding white space, as copying from a web page or
	 * a file leaves it, is dropped
	 * @return the secret
	 * @throws IllegalArgumentException if there is nothing in it, or a line break that
	 * would end an HTTP header
	 */
	public static Secret of(String value) {
		String stripped = value.strip();
		if (stripped.isEmpty()) {
			throw new IllegalArgumentException("A secret must not be empty");
		}
		for (int i = 0; i < stripped.length(); i++) {
			char c = stripped.charAt(i);
			if (c < ' ' || c > '~') {
				throw new IllegalArgumentException(
						"A secret must consist of printable ASCII characters, but the one at position " + i
								+ " is not");
			}
		}
		return new Secret(stripped);
	}

	/**
	 * The credential itself, for the one place that sends it.
	 * @return the credential
	 */
	public String reveal() {
		return this.value;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return "******";
	}

	private byte[] bytes() {
		return this.value.getBytes(StandardCharsets.UTF_8);
	}

}
