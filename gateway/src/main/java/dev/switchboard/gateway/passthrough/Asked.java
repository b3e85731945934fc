package dev.switchboard.gateway.passthrough;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a request asks for, as far as its path and the beginning of its body tell.
 *
 * @param model the model; {@link #UNKNOWN} if nobody can tell
 * @param streamed whether it asks for a stream
 * @param inputTokens its tokens, estimated; 0 if there is no telling
 */
record Asked(String model, boolean streamed, int inputTokens) {

	/** The name of a model that nobody can tell. */
	static final String UNKNOWN = "unknown";

	private static final JsonFactory JSON = new JsonFactory();

	/** {@code models/name:method}, as Gemini's paths have it. */
	private static final Pattern GEMINI = Pattern.compile("/models/([^/:?]+):([A-Za-z]+)");

	/** It becomes part of a header, of records and of tags of metrics. */
	private static final Pattern MODEL = Pattern.compile("[!-~]{1,200}");

	/** The usual rule of thumb for English text. */
	private static final int BYTES_PER_TOKEN = 4;

	/**
	 * Reads a request.
	 * @param path its path below the provider's base URL
	 * @param json the beginning of its body, if that is JSON; {@code null} otherwise
	 * @param length the length of the body; -1 if nobody knows
	 * @return what it asks for
	 */
	static Asked of(String path, byte @Nullable [] json, long length) {
		Asked told = (json != null) ? read(json, tokens(Math.max(json.length, length))) : new Asked(UNKNOWN, false, 0);
		Matcher gemini = GEMINI.matcher(path);
		return gemini.find()
				? new Asked(usable(gemini.group(1)), gemini.group(2).startsWith("stream"), told.inputTokens()) : told;
	}

	private static int tokens(long bytes) {
		return (int) Math.min(Integer.MAX_VALUE, bytes / BYTES_PER_TOKEN);
	}

	private static Asked read(byte[] json, int tokens) {
		String model = null;
		boolean streamed = false;
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			if (parser.nextToken() == JsonToken.START_OBJECT) {
				while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
					String name = parser.currentName();
					JsonToken value = parser.nextToken();
					if (name.equals("model") && value == JsonToken.VALUE_STRING) {
						model = parser.getString();
					}
					else if (name.equals("stream")) {
						streamed = value == JsonToken.VALUE_TRUE;
					}
					parser.skipChildren();
				}
			}
		}
		catch (JacksonException ex) {
			// The end of what was looked at, or no JSON: the provider will say so.
		}
		return new Asked(usable(model), streamed, tokens);
	}

	private static String usable(@Nullable String model) {
		return (model != null && MODEL.matcher(model).matches()) ? model : UNKNOWN;
	}

}
