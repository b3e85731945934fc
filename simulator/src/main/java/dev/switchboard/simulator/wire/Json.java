package dev.switchboard.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Writing and reading JSON.
 */
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	/**
	 * A JSON object.
	 * @param namesAndValues names and values in turn; a value may be null
	 * @return the object, in that order
	 */
	public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return object;
	}

	/**
	 * A value as JSON.
	 * @param value maps, lists, strings, numbers, nodes
	 * @return UTF-8
	 */
	public static byte[] bytes(Object value) {
		return MAPPER.writeValueAsBytes(value);
	}

	/**
	 * Reads JSON.
	 * @param text the text
	 * @return the tree; a missing node if it is not JSON
	 */
	public static JsonNode read(byte[] text) {
		if (text.length == 0) {
			return MissingNode.getInstance();
		}
		try {
			return MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	/**
	 * Reads JSON.
	 * @param text the text
	 * @return the tree; a missing node if it is not JSON
	 */
	public static JsonNode read(String text) {
		return read(text.getBytes(StandardCharsets.UTF_8));
	}

	static String text(JsonNode node, String name) {
		return node.path(name).asString("");
	}

	static @Nullable Integer integer(JsonNode node, String... names) {
		for (String name : names) {
			if (node.path(name).isNumber()) {
				return node.get(name).asInt();
			}
		}
		return null;
	}

}
