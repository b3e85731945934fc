package dev.switchboard.gateway.key;

import java.security.SecureRandom;
import java.util.Base64;

import dev.switchboard.provider.Secret;

/**
 * Makes keys: 256 bits that nobody can guess, behind a word by which scanners for leaked
 * credentials know them.
 */
final class NewKeys {

	private static final String PREFIX = "sk-switchboard-";

	private static final int BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	Secret next() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

}
