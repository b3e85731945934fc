package dev.switchboard.gateway.wire.openai;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.openai.ChatField.Fate;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object that a table says are refused.
 */
public final class RefusedFields {

	private final Set<String> names;

	private final Map<String, Predicate<JsonNode>> harmless;

	/**
	 * The refused ones of a table.
	 * @param table all fields
	 * @param parent the path of the object, with the dot at its end; empty for the
	 * request
	 * @param harmless by field, which values ask for nothing though they are there
	 */
	public RefusedFields(List<ChatField> table, String parent, Map<String, Predicate<JsonNode>> harmless) {
		this.names = table.stream()
			.filter((field) -> field.fate() == Fate.REFUSED && field.path().startsWith(parent))
			.map((field) -> field.path().substring(parent.length()))
			.filter((name) -> name.indexOf('.') < 0)
			.collect(Collectors.toUnmodifiableSet());
		this.harmless = Map.copyOf(harmless);
	}

	/**
	 * Refuses an object that has one of them.
	 * @param object the object
	 */
	public void check(Fields object) {
		for (String name : this.names) {
			JsonNode node = object.node(name);
			if (node != null && !this.harmless.getOrDefault(name, (any) -> false).test(node)) {
				object.refuse(Set.of(name));
			}
		}
	}

}
