package dev.switchboard.gateway.wire.responses;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.RequestedTool;
import dev.switchboard.gateway.wire.openai.OpenAiTerms;
import dev.switchboard.options.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.tool.ToolCallback;

/**
 * The tools of a request. Other wires know functions only, all of one namespace: a custom
 * tool becomes a function of one text, and a function in a namespace gets a name that
 * tells both. Tools that OpenAI runs itself, and those whose calls have a shape of their
 * own, are left out; a model that does not know them answers without.
 */
final class CallerTools {

	/** The field of the text that a custom tool takes. */
	static final String INPUT = "input";

	private static final String CHOICE = "tool_choice";

	private static final String TOOLS = "tools";

	private static final String TEXT_ONLY = "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
			+ "\"required\":[\"input\"],\"additionalProperties\":false}";

	/** What the strictest of the providers take. */
	private static final int LONGEST_NAME = 64;

	/** By the names that the model is told. */
	private final Map<String, CallerTool> known = new LinkedHashMap<>();

	private final Map<String, ToolCallback> told = new LinkedHashMap<>();

	/** The types of those that are left out. */
	private final Set<String> leftOut = new TreeSet<>();

	private @Nullable ToolChoice choice;

	private CallerTools() {
	}

	static CallerTools read(Fields request) {
		CallerTools tools = new CallerTools();
		List<Fields> given = request.objects(TOOLS);
		tools.addPlain(given, true);
		tools.addNamespaces(given, true);
		JsonNode input = request.node("input");
		if (input != null && input.isArray()) {
			for (Fields item : request.objects("input")) {
				tools.addFound(item);
			}
		}
		tools.choice = tools.readChoice(request);
		return tools;
	}

	/** Tools that came later, by a search for them or by the caller's own will. */
	private void addFound(Fields item) {
		String type = item.text("type");
		if ("tool_search_output".equals(type) || "additional_tools".equals(type)) {
			List<Fields> found = item.objects(TOOLS);
			addPlain(found, false);
			addNamespaces(found, false);
		}
	}

	/** First, so that they keep their names. */
	private void addPlain(List<Fields> given, boolean once) {
		for (Fields tool : given) {
			add(tool, null, once);
		}
	}

	private void addNamespaces(List<Fields> given, boolean once) {
		for (Fields tool : given) {
			if (tool.requiredText("type").equals("namespace")) {
				String namespace = tool.requiredText("name");
				for (Fields inner : tool.objects(TOOLS)) {
					add(inner, namespace, once);
				}
			}
		}
	}

	private void add(Fields tool, @Nullable String namespace, boolean once) {
		String type = tool.requiredText("type");
		boolean custom = type.equals("custom");
		if (!custom && !type.equals("function")) {
			if (!type.equals("namespace")) {
				this.leftOut.add(type);
			}
			return;
		}
		String name = tool.requiredText("name");
		if (find(name, namespace) != null) {
			if (once) {
				throw RefusedRequestException.invalid(tool.path("name"),
						"'" + tool.path("name") + "' is the name of another tool too");
			}
			return;
		}
		String toldName = join(name, namespace);
		if (this.known.containsKey(toldName)) {
			toldName = shorten(toldName, toldName);
		}
		this.known.put(toldName, new CallerTool(name, namespace, custom));
		this.told.put(toldName, custom ? custom(toldName, tool) : OpenAiTerms.function(toldName, tool));
	}

	private static RequestedTool custom(String toldName, Fields tool) {
		String description = Objects.requireNonNullElse(tool.text("description"), "");
		Fields format = tool.object("format");
		if (format != null && format.requiredText("type").equals("grammar")) {
			description += "\n\nThe text in 'input' must follow this grammar ("
					+ Objects.requireNonNullElse(format.text("syntax"), "lark") + "):\n"
					+ format.requiredText("definition");
		}
		return new RequestedTool(toldName, description.strip(), TEXT_ONLY);
	}

	private @Nullable String find(String name, @Nullable String namespace) {
		for (Map.Entry<String, CallerTool> entry : this.known.entrySet()) {
			CallerTool tool = entry.getValue();
			if (tool.name().equals(name) && Objects.equals(tool.namespace(), namespace)) {
				return entry.getKey();
			}
		}
		return null;
	}

	private static String join(String name, @Nullable String namespace) {
		if (namespace == null) {
			return name;
		}
		String joined = namespace.endsWith("__") ? namespace + name : namespace + "__" + name;
		// What other providers take in a name.
		String told = joined.replaceAll("[^A-Za-z0-9_-]", "_");
		return (told.length() <= LONGEST_NAME && told.equals(joined)) ? joined : shorten(told, joined);
	}

	/**
	 * The same for the same name, so that what was told before is told again.
	 * @param name the name to shorten
	 * @param of what it was made of, which may be all that tells it from another
	 */
	private static String shorten(String name, String of) {
		String mark = "_" + HexFormat.of().toHexDigits(of.hashCode());
		return name.substring(0, Math.min(name.length(), LONGEST_NAME - mark.length())) + mark;
	}

	private @Nullable ToolChoice readChoice(Fields request) {
		JsonNode node = request.node(CHOICE);
		if (node == null) {
			return null;
		}
		if (node.isString()) {
			return inAWord(node.asString(), CHOICE, this.leftOut);
		}
		Fields wanted = request.requiredObject(CHOICE);
		return switch (wanted.requiredText("type")) {
			case "function", "custom" -> ToolChoice.function(named(wanted));
			case "allowed_tools" -> allowed(wanted);
			default -> throw RefusedRequestException.unsupported(wanted.path("type"), "'" + wanted.path("type")
					+ "' demands a tool that the targets of this route don't have; demand a function, or say 'auto'");
		};
	}

	private String named(Fields wanted) {
		String name = find(wanted.requiredText("name"), wanted.text("namespace"));
		if (name == null) {
			throw RefusedRequestException.invalid(wanted.path("name"),
					"'" + wanted.path("name") + "' names none of the request's tools");
		}
		return name;
	}

	/** Of tools that must not be called the model need not hear. */
	private ToolChoice allowed(Fields wanted) {
		Set<String> names = new TreeSet<>();
		Set<String> others = new TreeSet<>();
		for (Fields tool : wanted.objects(TOOLS)) {
			String type = tool.requiredText("type");
			if (type.equals("function") || type.equals("custom")) {
				names.add(named(tool));
			}
			else {
				others.add(type);
			}
		}
		this.told.keySet().retainAll(names);
		return inAWord(wanted.requiredText("mode"), wanted.path("mode"), others);
	}

	/** The caller has tools, so that it is not his mistake if none of them is left. */
	private ToolChoice inAWord(String word, String path, Set<String> without) {
		if (word.equals("required") && this.told.isEmpty() && !without.isEmpty()) {
			throw RefusedRequestException.unsupported(path,
					"'" + path + "' demands a tool, but the request has only " + String.join(", ", without)
							+ ", which the targets of this route don't have; add a function, or say 'auto'");
		}
		return OpenAiTerms.toolChoice(word, path, !this.told.isEmpty());
	}

	/**
	 * The tools that the model is told of.
	 * @return the tools, none of which is run here
	 */
	List<ToolCallback> callbacks() {
		return new ArrayList<>(this.told.values());
	}

	/**
	 * Whether they may, must or must not be called.
	 * @return the choice; {@code null} leaves it to the provider
	 */
	@Nullable ToolChoice choice() {
		return this.choice;
	}

	/**
	 * The name by which the model knows a tool of an earlier call.
	 * @param name the caller's name for it
	 * @param namespace the namespace of that; {@code null} for none
	 * @return the name
	 */
	String toldName(String name, @Nullable String namespace) {
		String found = find(name, namespace);
		return (found != null) ? found : join(name, namespace);
	}

	/**
	 * The tool that a model calls.
	 * @param toldName the name it knows
	 * @return the tool as the caller knows it
	 */
	CallerTool calledBy(String toldName) {
		CallerTool tool = this.known.get(toldName);
		return (tool != null) ? tool : new CallerTool(toldName, null, false);
	}

}
