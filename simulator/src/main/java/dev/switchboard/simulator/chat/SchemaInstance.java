package dev.switchboard.simulator.chat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The smallest JSON that meets a schema: every property once, every array with one
 * element, the first of several choices. Deterministic.
 */
public final class SchemaInstance {

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private static final int MAX_DEPTH = 12;

	private static final Map<String, String> FORMATS = Map.of("date", "2026-01-31", "date-time", "2026-01-31T12:00:00Z",
			"time", "12:00:00Z", "duration", "PT1M", "email", "someone@example.org", "uri", "https://example.org",
			"uuid", "00000000-0000-4000-8000-000000000000");

	private final JsonNode root;

	private final String word;

	private SchemaInstance(JsonNode root, String word) {
		this.root = root;
		this.word = word;
	}

	/**
	 * An instance of a schema.
	 * @param schema the schema: JSON Schema, or what Gemini makes of it
	 * @param word what to put where any string will do
	 * @return the instance
	 */
	public static JsonNode of(JsonNode schema, String word) {
		return new SchemaInstance(schema, word).instance(schema, 0);
	}

	private JsonNode instance(JsonNode declared, int depth) {
		JsonNode schema = resolve(declared);
		if (depth > MAX_DEPTH) {
			return JSON.nullNode();
		}
		if (schema.has("const")) {
			return schema.get("const");
		}
		if (!schema.path("enum").isEmpty()) {
			return schema.get("enum").get(0);
		}
		for (String choice : new String[] { "anyOf", "oneOf" }) {
			if (!schema.path(choice).isEmpty()) {
				return firstNotNull(schema.get(choice), depth);
			}
		}
		if (!schema.path("allOf").isEmpty()) {
			return merged(schema.get("allOf"), depth);
		}
		return switch (type(schema)) {
			case "object" -> object(schema, depth);
			case "array" -> array(schema, depth);
			case "integer" -> JSON.numberNode(lowest(schema).longValue());
			case "number" -> number(lowest(schema));
			case "boolean" -> JSON.booleanNode(true);
			case "null" -> JSON.nullNode();
			default -> JSON.stringNode(string(schema));
		};
	}

	private static JsonNode number(Number lowest) {
		return JSON.numberNode(lowest.doubleValue());
	}

	private JsonNode resolve(JsonNode schema) {
		JsonNode resolved = schema;
		Map<String, JsonNode> seen = new LinkedHashMap<>();
		while (resolved.path("$ref").isString()) {
			String reference = resolved.path("$ref").asString("");
			JsonNode next = this.root.at(reference.startsWith("#") ? reference.substring(1) : "/$defs/" + reference);
			if (next.isMissingNode() || seen.putIfAbsent(reference, next) != null) {
				return JSON.objectNode();
			}
			resolved = next;
		}
		return resolved;
	}

	private static String type(JsonNode schema) {
		JsonNode type = schema.path("type");
		if (type.isArray()) {
			for (JsonNode each : type) {
				if (!"null".equals(each.asString(""))) {
					return each.asString("").toLowerCase(Locale.ROOT);
				}
			}
			return "null";
		}
		if (type.isString()) {
			return type.asString("").toLowerCase(Locale.ROOT);
		}
		if (schema.has("properties")) {
			return "object";
		}
		return schema.has("items") ? "array" : "string";
	}

	private JsonNode firstNotNull(JsonNode choices, int depth) {
		for (JsonNode choice : choices) {
			if (!"null".equals(type(choice))) {
				return instance(choice, depth + 1);
			}
		}
		return JSON.nullNode();
	}

	private JsonNode merged(JsonNode parts, int depth) {
		ObjectNode merged = JSON.objectNode();
		for (JsonNode part : parts) {
			if (instance(part, depth + 1) instanceof ObjectNode object) {
				merged.setAll(object);
			}
		}
		return merged;
	}

	private ObjectNode object(JsonNode schema, int depth) {
		ObjectNode object = JSON.objectNode();
		for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
			if (depth < MAX_DEPTH / 2 || isRequired(schema, property.getKey())) {
				object.set(property.getKey(), instance(property.getValue(), depth + 1));
			}
		}
		return object;
	}

	private static boolean isRequired(JsonNode schema, String name) {
		for (JsonNode required : schema.path("required")) {
			if (name.equals(required.asString(""))) {
				return true;
			}
		}
		return false;
	}

	private ArrayNode array(JsonNode schema, int depth) {
		ArrayNode array = JSON.arrayNode();
		if (depth >= MAX_DEPTH / 2 && schema.path("minItems").asInt(0) == 0) {
			return array;
		}
		int items = Math.max(1, schema.path("minItems").asInt(1));
		JsonNode item = schema.path("items");
		for (int i = 0; i < items; i++) {
			array.add(instance(item.isMissingNode() ? JSON.objectNode() : item, depth + 1));
		}
		return array;
	}

	private static Number lowest(JsonNode schema) {
		if (schema.path("minimum").isNumber()) {
			return schema.get("minimum").numberValue();
		}
		if (schema.path("exclusiveMinimum").isNumber()) {
			return schema.get("exclusiveMinimum").doubleValue() + 1;
		}
		if (schema.path("maximum").isNumber() && schema.get("maximum").doubleValue() < 1) {
			return schema.get("maximum").numberValue();
		}
		return 1;
	}

	private String string(JsonNode schema) {
		@Nullable String format = FORMATS.get(schema.path("format").asString(""));
		if (format != null) {
			return format;
		}
		String text = this.word;
		int maximum = schema.path("maxLength").asInt(Integer.MAX_VALUE);
		int minimum = schema.path("minLength").asInt(0);
		if (text.length() < minimum) {
			text = text + "x".repeat(minimum - text.length());
		}
		return (text.length() > maximum) ? text.substring(0, maximum) : text;
	}

}
