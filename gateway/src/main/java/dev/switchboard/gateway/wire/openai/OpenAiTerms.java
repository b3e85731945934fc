package dev.switchboard.gateway.wire.openai;

import java.util.Set;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.RequestedTool;
import dev.switchboard.options.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What requests for chat completions and for responses say in the same words.
 */
public final class OpenAiTerms {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Set<String> EFFORTS = Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

	private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

	private OpenAiTerms() {
	}

	/**
	 * How long to think.
	 * @param parent what has the field
	 * @param name its name
	 * @return the effort; {@code null} if it is missing
	 */
	public static @Nullable String effort(Fields parent, String name) {
		String effort = parent.text(name);
		if (effort != null && !EFFORTS.contains(effort)) {
			throw RefusedRequestException.invalid(parent.path(name),
					"'" + parent.path(name) + "' must be 'none', 'minimal', 'low', 'medium', 'high', 'xhigh' or 'max'");
		}
		return effort;
	}

	/**
	 * A whole number of at least 1.
	 * @param parent what has the field
	 * @param name its name
	 * @return the number; {@code null} if it is missing
	 */
	public static @Nullable Integer positive(Fields parent, String name) {
		Integer number = parent.integer(name);
		if (number != null && number < 1) {
			throw RefusedRequestException.invalid(parent.path(name), "'" + parent.path(name) + "' must be at least 1");
		}
		return number;
	}

	/**
	 * The schema that an answer must meet.
	 * @param format what has the field {@code schema}
	 * @return the schema, JSON
	 */
	public static String schema(Fields format) {
		format.requiredObject("schema");
		return String.valueOf(format.node("schema"));
	}

	/**
	 * A function that the caller runs.
	 * @param name the name that the model is told
	 * @param function what has the description and the parameters
	 * @return the tool
	 */
	public static RequestedTool function(String name, Fields function) {
		Fields parameters = function.object("parameters");
		JsonNode schema = function.node("parameters");
		String description = function.text("description");
		return new RequestedTool(name, (description != null) ? description : "",
				(parameters != null && schema != null) ? schema.toString() : NO_PARAMETERS);
	}

	/**
	 * The arguments of a call. Other providers take them as objects, and Spring AI would
	 * send none at all where it can't read them; the model shall see what it wrote.
	 * @param arguments what the caller gave back; {@code null} for none
	 * @return a JSON object
	 */
	public static String arguments(@Nullable String arguments) {
		if (arguments == null || arguments.isBlank()) {
			return "{}";
		}
		try {
			if (MAPPER.readTree(arguments).isObject()) {
				return arguments;
			}
		}
		catch (JacksonException ex) {
			// Told as it is, below.
		}
		return MAPPER.createObjectNode().put("unparsed_arguments", arguments).toString();
	}

	/**
	 * Whether tools are called, where it is said in a word.
	 * @param word the word
	 * @param path where it stands, for the error
	 * @param hasTools whether there are any
	 * @return the choice
	 */
	public static ToolChoice toolChoice(String word, String path, boolean hasTools) {
		return switch (word) {
			case "auto" -> ToolChoice.AUTO;
			case "none" -> ToolChoice.NONE;
			case "required" -> {
				if (!hasTools) {
					throw RefusedRequestException.invalid(path, "'" + path + "' demands a tool, but there are none");
				}
				yield ToolChoice.REQUIRED;
			}
			default -> throw RefusedRequestException.invalid(path,
					"'" + path + "' must be 'auto', 'none', 'required', or an object that names functions");
		};
	}

}
