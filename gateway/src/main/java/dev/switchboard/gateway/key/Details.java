package dev.switchboard.gateway.key;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.switchboard.store.key.Reach;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the audit says of a change: of something new all of it, of a change what was
 * before and what is now.
 */
final class Details {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Details() {
	}

	static ObjectNode none() {
		return MAPPER.createObjectNode();
	}

	static ObjectNode of(KeySpec spec) {
		ObjectNode details = of(spec.reach());
		details.put("team", spec.team());
		details.put("admin", spec.admin());
		details.put("expires", text(spec.expires()));
		return details;
	}

	static ObjectNode of(Reach reach) {
		ObjectNode details = none();
		details.set("routes", list(reach.routes()));
		details.set("models", list(reach.models()));
		details.set("passthrough", list(reach.passthrough()));
		return details;
	}

	static ObjectNode change(ObjectNode before, ObjectNode after) {
		ObjectNode details = none();
		after.properties().forEach((field) -> {
			JsonNode old = before.get(field.getKey());
			if (!Objects.equals(old, field.getValue())) {
				ObjectNode change = details.putObject(field.getKey());
				change.set("from", old);
				change.set("to", field.getValue());
			}
		});
		return details;
	}

	static ObjectNode change(String field, @Nullable Instant before, @Nullable Instant after) {
		return change(none().put(field, text(before)), none().put(field, text(after)));
	}

	private static JsonNode list(List<String> list) {
		return MAPPER.valueToTree(list);
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

}
