package dev.switchboard.options;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the definitions of a JSON schema where they are referred to. Spring AI's classes
 * for Anthropic and Gemini send the references but not the definitions.
 */
final class SchemaRefs {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String REF = "$ref";

	/** Where definitions stand, now and in the drafts before 2019. */
	private static final String[] DEFINITIONS = { "$defs", "definitions" };

	private final JsonNode root;

	private final Deque<String> open = new ArrayDeque<>();

	private SchemaRefs(JsonNode root) {
		this.root = root;
	}

	static boolean isIn(String schema) {
		return schema.contains(REF);
	}

	/**
	 * Inlines the definitions of a schema.
	 * @param schema the schema
	 * @return the schema without references; {@code null} if that cannot be, because it
	 * refers to itself or to nothing
	 */
	static @Nullable String inline(String schema) {
		try {
			JsonNode root = MAPPER.readTree(schema);
			JsonNode inlined = new SchemaRefs(root).inline(root);
			return (inlined instanceof ObjectNode) ? inlined.toString() : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private @Nullable JsonNode inline(JsonNode node) {
		if (node instanceof ArrayNode array) {
			ArrayNode copy = MAPPER.createArrayNode();
			for (JsonNode element : array) {
				JsonNode inlined = inline(element);
				if (inlined == null) {
					return null;
				}
				copy.add(inlined);
			}
			return copy;
		}
		return (node instanceof ObjectNode object) ? inlineObject(object) : node;
	}

	private @Nullable JsonNode inlineObject(ObjectNode object) {
		JsonNode ref = object.get(REF);
		if (ref != null && ref.isString()) {
			return resolve(ref.stringValue(), object);
		}
		ObjectNode copy = MAPPER.createObjectNode();
		for (Map.Entry<String, JsonNode> property : object.properties()) {
			if (object == this.root && isDefinitions(property.getKey())) {
				continue;
			}
			JsonNode inlined = inline(property.getValue());
			if (inlined == null) {
				return null;
			}
			copy.set(property.getKey(), inlined);
		}
		return copy;
	}

	private static boolean isDefinitions(String name) {
		return name.equals(DEFINITIONS[0]) || name.equals(DEFINITIONS[1]);
	}

	/** What stands beside a reference, such as a description, stays. */
	private @Nullable JsonNode resolve(String ref, ObjectNode referring) {
		if (!ref.startsWith("#/") || this.open.contains(ref)) {
			return null;
		}
		JsonNode definition = this.root.at(ref.substring(1));
		if (definition.isMissingNode()) {
			return null;
		}
		this.open.push(ref);
		JsonNode inlined = inline(definition);
		this.open.pop();
		if (!(inlined instanceof ObjectNode copy)) {
			return null;
		}
		for (Map.Entry<String, JsonNode> beside : referring.properties()) {
			if (!beside.getKey().equals(REF)) {
				copy.set(beside.getKey(), beside.getValue());
			}
		}
		return copy;
	}

}
