package dev.switchboard.provider;

import java.time.InstantSource;
import java.util.Map;

import com.google.genai.errors.ApiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the exceptions of Google's library, which appends an error's details to its
 * message, one JSON object in a line.
 */
final class GeminiErrors {

	private static final String DETAILS = "Details: ";

	private GeminiErrors() {
	}

	static @Nullable ErrorAnswer read(Throwable thrown) {
		if (!(thrown instanceof ApiException exception)) {
			return null;
		}
		String text = (exception.message() != null) ? exception.message() : "";
		int details = text.startsWith(DETAILS) ? 0 : text.indexOf("\n" + DETAILS);
		JsonMapper mapper = JsonMapper.shared();
		ObjectNode body = mapper.createObjectNode();
		ObjectNode error = body.putObject("error")
			.put("message", (details >= 0) ? text.substring(0, details) : text)
			.put("status", exception.status());
		if (details >= 0) {
			ArrayNode array = error.putArray("details");
			for (String line : text.substring(text.indexOf(DETAILS) + DETAILS.length()).split("\n")) {
				try {
					array.add(mapper.readTree(line));
				}
				catch (JacksonException ex) {
					// A detail in words.
				}
			}
		}
		return ErrorAnswer.of(Integer.valueOf(exception.code()), Map.of(), body, InstantSource.system());
	}

}
