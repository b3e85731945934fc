package dev.switchboard.gateway.sdk;

import java.util.List;
import java.util.Map;

/**
 * What a model is to answer with.
 */
class Recipe {

	static final Map<String, Object> SCHEMA = object(Map.of("title", Map.of("type", "string"), "vegan",
			Map.of("type", "boolean"), "ingredients", Map.of("type", "array", "items",
					object(Map.of("name", Map.of("type", "string"), "grams", Map.of("type", "number"))))));

	public String title = "";

	public boolean vegan;

	public List<Ingredient> ingredients = List.of();

	private static Map<String, Object> object(Map<String, Object> properties) {
		return Map.of("type", "object", "properties", properties, "required",
				properties.keySet().stream().sorted().toList(), "additionalProperties", false);
	}

	static class Ingredient {

		public String name = "";

		public double grams;

	}

}
