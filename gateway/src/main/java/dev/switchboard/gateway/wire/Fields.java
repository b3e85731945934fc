package dev.switchboard.gateway.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of an object in a request, each of the type that it must have: a field
 * that is missing or {@code null} is {@code null}, one of another type is refused by its
 * path.
 */
public final class Fields {

	private final JsonNode object;

	private final String path;

	private Fields(JsonNode object, String path) {
		this.object = object;
		this.path = path;
	}

	/**
	 * The fields of an object.
	 * @param node what should be an object
	 * @param path where it stands; empty for the request itself
	 * @return its fields
	 * @throws RefusedRequestException if it is no object
	 */
	public static Fields of(JsonNode node, String path) {
		if (!node.isObject()) {
			throw RefusedRequestException.invalid(path, "'" + path + "' must be an object");
		}
		return new Fields(node, path);
	}

	/**
	 * The path of a field.
	 * @param name its name
	 * @return such as {@code messages[2].role}
	 */
	public String path(String name) {
		return this.path.isEmpty() ? name : this.path + "." + name;
	}

	/**
	 * A field of any type.
	 * @param name its name
	 * @return its value; {@code null} if it is missing or {@code null}
	 */
	public @Nullable JsonNode node(String name) {
		JsonNode node = this.object.get(name);
		return (node == null || node.isNull()) ? null : node;
	}

	/**
	 * A text.
	 * @param name its name
	 * @return the text; {@code null} if it is missing
	 */
	public @Nullable String text(String name) {
		JsonNode node = node(name);
		if (node != null && !node.isString()) {
			throw wrong(name, "a string");
		}
		return (node != null) ? node.asString() : null;
	}

	/**
	 * A text that must be there.
	 * @param name its name
	 * @return the text
	 */
	public String requiredText(String name) {
		String text = text(name);
		if (text == null) {
			throw RefusedRequestException.invalid(path(name), "'" + path(name) + "' is required");
		}
		return text;
	}

	/**
	 * A number.
	 * @param name its name
	 * @return the number; {@code null} if it is missing
	 */
	public @Nullable Double number(String name) {
		JsonNode node = node(name);
		if (node != null && !node.isNumber()) {
			throw wrong(name, "a number");
		}
		return (node != null) ? Double.valueOf(node.doubleValue()) : null;
	}

	/**
	 * A whole number.
	 * @param name its name
	 * @return the number; {@code null} if it is missing
	 */
	public @Nullable Integer integer(String name) {
		JsonNode node = node(name);
		if (node == null) {
			return null;
		}
		if (!node.isNumber() || !node.canConvertToInt() || node.doubleValue() != node.intValue()) {
			throw wrong(name, "a whole number");
		}
		return node.intValue();
	}

	/**
	 * A truth value.
	 * @param name its name
	 * @return the value; {@code null} if it is missing
	 */
	public @Nullable Boolean bool(String name) {
		JsonNode node = node(name);
		if (node != null && !node.isBoolean()) {
			throw wrong(name, "true or false");
		}
		return (node != null) ? Boolean.valueOf(node.booleanValue()) : null;
	}

	/**
	 * An object.
	 * @param name its name
	 * @return its fields; {@code null} if it is missing
	 */
	public @Nullable Fields object(String name) {
		JsonNode node = node(name);
		return (node != null) ? of(node, path(name)) : null;
	}

	/**
	 * An object that must be there.
	 * @param name its name
	 * @return its fields
	 */
	public Fields requiredObject(String name) {
		Fields object = object(name);
		if (object == null) {
			throw RefusedRequestException.invalid(path(name), "'" + path(name) + "' is required");
		}
		return object;
	}

	/**
	 * The elements of an array.
	 * @param name its name
	 * @return the elements; empty if it is missing
	 */
	public List<JsonNode> elements(String name) {
		JsonNode node = node(name);
		if (node == null) {
			return List.of();
		}
		if (!node.isArray()) {
			throw wrong(name, "an array");
		}
		List<JsonNode> elements = new ArrayList<>(node.size());
		node.forEach(elements::add);
		return elements;
	}

	/**
	 * The objects of an array.
	 * @param name its name
	 * @return the fields of each; empty if it is missing
	 */
	public List<Fields> objects(String name) {
		List<JsonNode> elements = elements(name);
		List<Fields> objects = new ArrayList<>(elements.size());
		for (int i = 0; i < elements.size(); i++) {
			objects.add(of(elements.get(i), path(name) + "[" + i + "]"));
		}
		return objects;
	}

	/**
	 * A text, or several.
	 * @param name its name
	 * @return the texts; {@code null} if it is missing
	 */
	public @Nullable List<String> texts(String name) {
		JsonNode node = node(name);
		if (node == null) {
			return null;
		}
		if (node.isString()) {
			return List.of(node.asString());
		}
		List<String> texts = new ArrayList<>();
		for (JsonNode element : elements(name)) {
			if (!element.isString()) {
				throw wrong(name, "a string or an array of strings");
			}
			texts.add(element.asString());
		}
		return texts;
	}

	/**
	 * Refuses fields that would change the answer and can't be translated.
	 * @param names their names
	 * @throws RefusedRequestException if one of them is there
	 */
	public void refuse(Set<String> names) {
		for (String name : names) {
			if (node(name) != null) {
				throw RefusedRequestException.unsupported(path(name),
						"'" + path(name)
								+ "' can't be translated for the targets of this route; leave it out, or name a target "
								+ "that speaks the wire of this endpoint");
			}
		}
	}

	private RefusedRequestException wrong(String name, String type) {
		return RefusedRequestException.invalid(path(name), "'" + path(name) + "' must be " + type);
	}

}
