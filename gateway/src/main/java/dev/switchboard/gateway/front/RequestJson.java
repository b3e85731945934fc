package dev.switchboard.gateway.front;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

import dev.switchboard.gateway.wire.RefusedRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a request: read once from end to end, without building anything, so that it
 * is known to be sound and where each of its fields stands. The bytes stay what they are;
 * a changed request is put together from them.
 */
final class RequestJson {

	private static final JsonFactory JSON = new JsonFactory();

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final byte[] bytes;

	private final Map<String, Field> fields;

	private final int open;

	private @Nullable ObjectNode tree;

	private RequestJson(byte[] bytes, Map<String, Field> fields, int open) {
		this.bytes = bytes;
		this.fields = fields;
		this.open = open;
	}

	/**
	 * Reads a request.
	 * @param bytes its body; not copied
	 * @return the request
	 * @throws RefusedRequestException if it is no JSON object in UTF-8, or says a field
	 * twice
	 */
	static RequestJson read(byte[] bytes) {
		for (int i = 0; i < Math.min(4, bytes.length); i++) {
			// JSON in UTF-16 or UTF-32 has a zero among its first bytes.
			if (bytes[i] == 0) {
				throw malformed("The request body must be JSON in UTF-8");
			}
		}
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw malformed("The request body must be a JSON object");
			}
			int open = (int) parser.currentLocation().getByteOffset();
			Map<String, Field> fields = fields(parser);
			if (parser.nextToken() != null) {
				throw malformed("The request body must be one JSON object and nothing else");
			}
			return new RequestJson(bytes, fields, open);
		}
		catch (JacksonException ex) {
			// Its message may quote the request.
			throw malformed("The request body is not valid JSON" + place(ex));
		}
	}

	private static Map<String, Field> fields(JsonParser parser) {
		Map<String, Field> fields = new HashMap<>(32);
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			int key = (int) parser.currentTokenLocation().getByteOffset();
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			int from = (int) parser.currentTokenLocation().getByteOffset();
			String text = (token == JsonToken.VALUE_STRING && name.equals("model")) ? parser.getString() : null;
			if (token.isStructStart()) {
				parser.skipChildren();
			}
			else {
				parser.finishToken();
			}
			int to = (int) parser.currentLocation().getByteOffset();
			if (fields.put(name, new Field(token, key, from, to, text)) != null) {
				// Which of two would be meant, others might see otherwise.
				throw new RefusedRequestException(400, "invalid_request",
						"The request has the field '" + name + "' twice", name);
			}
		}
		return fields;
	}

	private static RefusedRequestException malformed(String message) {
		return new RefusedRequestException(400, "invalid_json", message, null);
	}

	private static String place(JacksonException ex) {
		return (ex.getLocation() != null && ex.getLocation().getByteOffset() >= 0)
				? ", at byte " + ex.getLocation().getByteOffset() : "";
	}

	/**
	 * The model that is asked for.
	 * @return its name
	 * @throws RefusedRequestException if there is none
	 */
	String model() {
		Field model = this.fields.get("model");
		if (model == null || model.token() == JsonToken.VALUE_NULL) {
			throw RefusedRequestException.invalid("model", "'model' is required: name a route, or provider/model");
		}
		if (model.text() == null || model.text().isBlank()) {
			throw RefusedRequestException.invalid("model", "'model' must be a string that is not blank");
		}
		return model.text();
	}

	/**
	 * Whether a field is there and not {@code null}.
	 * @param name its name
	 * @return whether it is
	 */
	boolean has(String name) {
		Field field = this.fields.get(name);
		return field != null && field.token() != JsonToken.VALUE_NULL;
	}

	/**
	 * Refuses a request without a field of some type.
	 * @param name the field's name
	 * @param array whether it must be an array; otherwise an array or a string
	 */
	void require(String name, boolean array) {
		Field field = this.fields.get(name);
		if (field == null || field.token() == JsonToken.VALUE_NULL) {
			throw RefusedRequestException.invalid(name, "'" + name + "' is required");
		}
		if (field.token() != JsonToken.START_ARRAY && (array || field.token() != JsonToken.VALUE_STRING)) {
			throw RefusedRequestException.invalid(name,
					"'" + name + "' must be an array" + (array ? "" : " or a string"));
		}
		if (field.token() == JsonToken.START_ARRAY && isEmpty(field)) {
			throw RefusedRequestException.invalid(name, "'" + name + "' must not be empty");
		}
	}

	private boolean isEmpty(Field array) {
		for (int i = array.from() + 1; i < array.to() - 1; i++) {
			if (this.bytes[i] > ' ' || this.bytes[i] < 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * A truth value.
	 * @param name its name
	 * @return the value; {@code false} if it is missing
	 * @throws RefusedRequestException if it is something else
	 */
	boolean isTrue(String name) {
		Field field = this.fields.get(name);
		if (field == null || field.token() == JsonToken.VALUE_NULL) {
			return false;
		}
		if (field.token() != JsonToken.VALUE_TRUE && field.token() != JsonToken.VALUE_FALSE) {
			throw RefusedRequestException.invalid(name, "'" + name + "' must be true or false");
		}
		return field.token() == JsonToken.VALUE_TRUE;
	}

	/**
	 * The whole request as a tree; built when it is first asked for.
	 * @return the tree
	 */
	ObjectNode tree() {
		ObjectNode known = this.tree;
		if (known == null) {
			try {
				known = (ObjectNode) MAPPER.readTree(this.bytes);
			}
			catch (JacksonException ex) {
				throw malformed("The request body is not valid JSON" + place(ex));
			}
			this.tree = known;
		}
		return known;
	}

	/**
	 * The request with another model.
	 * @param model the model's name
	 * @param added fields that it must not have yet, as JSON by name
	 * @param without a field to leave out; {@code null} for none
	 * @return the bytes, which else are the very same
	 */
	byte[] rewritten(String model, Map<String, byte[]> added, @Nullable String without) {
		Field place = this.fields.get("model");
		if (place == null) {
			throw new IllegalStateException("A request without a model was let through");
		}
		byte[] name = MAPPER.writeValueAsBytes(model);
		ByteArrayOutputStream out = new ByteArrayOutputStream(this.bytes.length + name.length + 64 * added.size());
		out.write(this.bytes, 0, this.open);
		added.forEach((field, json) -> {
			out.writeBytes(MAPPER.writeValueAsBytes(field));
			out.write(':');
			out.writeBytes(json);
			out.write(',');
		});
		Edit renamed = new Edit(place.from(), place.to(), name);
		Field left = (without != null) ? this.fields.get(without) : null;
		if (left == null) {
			write(out, renamed);
		}
		else if (left.key() < place.key()) {
			write(out, cut(left), renamed);
		}
		else {
			write(out, renamed, cut(left));
		}
		return out.toByteArray();
	}

	private void write(ByteArrayOutputStream out, Edit... edits) {
		int position = this.open;
		for (Edit edit : edits) {
			out.write(this.bytes, position, edit.from() - position);
			out.writeBytes(edit.replacement());
			position = edit.to();
		}
		out.write(this.bytes, position, this.bytes.length - position);
	}

	/** A field goes with the comma behind it, or else with the one before it. */
	private Edit cut(Field field) {
		int to = field.to();
		while (isSpace(to)) {
			to++;
		}
		if (this.bytes[to] == ',') {
			return new Edit(field.key(), to + 1, new byte[0]);
		}
		int from = field.key();
		while (isSpace(from - 1)) {
			from--;
		}
		return new Edit((this.bytes[from - 1] == ',') ? from - 1 : field.key(), field.to(), new byte[0]);
	}

	private boolean isSpace(int position) {
		byte b = this.bytes[position];
		return b == ' ' || b == '\n' || b == '\r' || b == '\t';
	}

	/**
	 * The bytes of the request.
	 * @return the bytes; not to be changed
	 */
	byte[] bytes() {
		return this.bytes;
	}

	/** A field, with the places of its name and of its value. */
	private record Field(JsonToken token, int key, int from, int to, @Nullable String text) {
	}

	private record Edit(int from, int to, byte[] replacement) {
	}

}
