package dev.switchboard.gateway.wire.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The ids of tool calls. Anthropic's wire allows letters, digits, {@code _} and
 * {@code -}; ids of other providers with anything else in them go out in base64 and come
 * back as they were, so that no memory is needed.
 */
final class ToolUseIds {

	private static final String ENCODED = "toolu_b64_";

	private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9_-]+");

	private ToolUseIds() {
	}

	/** The id to tell the caller. */
	static String write(String id) {
		if (ALLOWED.matcher(id).matches() && !id.startsWith(ENCODED)) {
			return id;
		}
		return ENCODED + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
	}

	/** The id as it was before it was told to the caller. */
	static String read(String id) {
		if (!id.startsWith(ENCODED)) {
			return id;
		}
		try {
			return new String(Base64.getUrlDecoder().decode(id.substring(ENCODED.length())), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return id;
		}
	}

}
