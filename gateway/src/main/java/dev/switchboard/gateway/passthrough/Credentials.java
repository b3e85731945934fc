package dev.switchboard.gateway.passthrough;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.provider.ProviderSettings;

/**
 * What no answer of a provider may bring back to a caller: its key, and the headers that
 * it was configured with.
 */
final class Credentials {

	/** Shorter values of configured headers are words, not secrets. */
	private static final int SHORTEST_SECRET = 8;

	private final List<String> secrets = new ArrayList<>(2);

	Credentials(ProviderSettings settings) {
		if (settings.apiKey() != null) {
			this.secrets.add(settings.apiKey().reveal());
		}
		for (String value : settings.headers().values()) {
			// Behind 'Bearer' or the like.
			String secret = value.substring(value.lastIndexOf(' ') + 1);
			if (secret.length() >= SHORTEST_SECRET) {
				this.secrets.add(secret);
			}
		}
	}

	boolean areIn(String value) {
		for (String secret : this.secrets) {
			if (value.contains(secret)) {
				return true;
			}
		}
		return false;
	}

	/** Stars in their place, so that nothing becomes longer or shorter. */
	byte[] masked(byte[] body) {
		String text = new String(body, StandardCharsets.ISO_8859_1);
		if (!areIn(text)) {
			return body;
		}
		for (String secret : this.secrets) {
			text = text.replace(secret, "*".repeat(secret.length()));
		}
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
