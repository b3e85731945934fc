package dev.switchboard.gateway.passthrough;

import java.io.ByteArrayOutputStream;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a JSON answer when it is whole, if it is not too long.
 */
final class JsonAnswerReader implements AnswerReader {

	private static final int LONGEST = 1024 * 1024;

	/** Reads values out of the middle of an answer. */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/** The rest, such as vectors and pictures, is skipped. */
	private static final Set<String> TELLING = Set.of("model", "modelVersion", "usage", "usageMetadata", "choices",
			"candidates", "stop_reason", "status", "incomplete_details");

	private final AnswerFacts facts = new AnswerFacts();

	/** The answer so far; {@code null} once it is too long. */
	private @Nullable ByteArrayOutputStream answer = new ByteArrayOutputStream(1024);

	@Override
	public int read(byte[] bytes, int offset, int length) {
		ByteArrayOutputStream kept = this.answer;
		if (kept != null && kept.size() + length <= LONGEST) {
			kept.write(bytes, offset, length);
		}
		else {
			this.answer = null;
		}
		return 0;
	}

	@Override
	public AnswerFacts end() {
		ByteArrayOutputStream whole = this.answer;
		this.answer = null;
		if (whole != null && whole.size() > 0) {
			try (JsonParser parser = MAPPER.createParser(whole.toByteArray())) {
				takeAll(parser);
			}
			catch (JacksonException ex) {
				// No JSON, or not the whole of it: what was read until then counts.
			}
		}
		return this.facts;
	}

	/** An answer, or the array of chunks that Gemini streams unless told otherwise. */
	private void takeAll(JsonParser parser) {
		for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
			if (token == JsonToken.START_OBJECT) {
				takeObject(parser);
			}
		}
	}

	private void takeObject(JsonParser parser) {
		ObjectNode telling = MAPPER.createObjectNode();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			if (TELLING.contains(name)) {
				JsonNode value = MAPPER.readTree(parser);
				telling.set(name, value);
			}
			else {
				parser.skipChildren();
			}
		}
		this.facts.take(telling);
	}

}
