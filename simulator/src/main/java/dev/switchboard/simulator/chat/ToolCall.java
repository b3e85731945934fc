package dev.switchboard.simulator.chat;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model's wish to have a tool called.
 *
 * @param id the call's identifier; when null, the wire makes one
 * @param name the tool's name
 * @param arguments the arguments as the model wrote them, normally a JSON object
 */
public record ToolCall(@Nullable String id, String name, String arguments) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	public ToolCall {
		Objects.requireNonNull(name, "A tool call needs the name of the tool");
		Objects.requireNonNull(arguments, "A tool call needs arguments, if only '{}'");
	}

	/**
	 * A call with arguments written out, well-formed or not.
	 * @param name the tool's name
	 * @param arguments the arguments, as JSON
	 * @return the call, its identifier left to the wire
	 */
	public static ToolCall of(String name, String arguments) {
		return new ToolCall(null, name, arguments);
	}

	/**
	 * A call with the given arguments.
	 * @param name the tool's name
	 * @param arguments the arguments by name; ordered as the map is
	 * @return the call, its identifier left to the wire
	 */
	public static ToolCall of(String name, Map<String, ?> arguments) {
		return new ToolCall(null, name, JSON.writeValueAsString(arguments));
	}

	/**
	 * The same call under an identifier of one's choice.
	 * @param id the identifier
	 * @return a copy
	 */
	public ToolCall withId(String id) {
		return new ToolCall(id, this.name, this.arguments);
	}

}
