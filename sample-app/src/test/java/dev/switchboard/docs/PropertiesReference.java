package dev.switchboard.docs;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The reference of all properties, written from the records and their Javadoc: the
 * generated metadata lacks what is below a map or a list.
 */
final class PropertiesReference {

	private static final Pattern RECORD = Pattern
		.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\S+\\s+)?record (\\w+)\\(", Pattern.DOTALL);

	private static final Pattern PARAM = Pattern.compile("@param (\\w+) ([^@]*)");

	private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("providers", "<provider>"),
			Map.entry("routes", "<route>"), Map.entry("policies", "<policy>"), Map.entry("headers", "<header>"),
			Map.entry("options", "<option>"), Map.entry("on", "<failure-kind>"), Map.entry("keys", "<key>"),
			Map.entry("aliases", "<alias>"), Map.entry("budgets", "<budget>"), Map.entry("limits", "<limit>"),
			Map.entry("tags", "<tag>"));

	private final Class<?> properties;

	private final String prefix;

	private final Map<String, Map<String, String>> descriptions = new LinkedHashMap<>();

	private final StringBuilder page = new StringBuilder();

	private PropertiesReference(Class<?> properties, String prefix, Path source) throws IOException {
		this.properties = properties;
		this.prefix = prefix;
		Matcher records = RECORD.matcher(Files.readString(source));
		while (records.find()) {
			Map<String, String> params = new LinkedHashMap<>();
			Matcher param = PARAM.matcher(records.group(1).replaceAll("\\s*\\n\\s*\\*", " "));
			while (param.find()) {
				params.put(param.group(1), param.group(2).strip().replaceAll("\\s+", " "));
			}
			this.descriptions.put(records.group(2), params);
		}
	}

	/**
	 * Writes the tables of a module.
	 * @param module the directory of the module
	 * @param type the name of the record of all its properties
	 * @param prefix what stands before each of them
	 */
	static String tables(String module, String type, String prefix) throws IOException, ClassNotFoundException {
		Path source = Document.ROOT.resolve(module + "/src/main/java/" + type.replace('.', '/') + ".java");
		Class<?> properties = Class.forName(type);
		PropertiesReference reference = new PropertiesReference(properties, prefix, source);
		RecordComponent[] components = properties.getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			reference.section(components[i].getName(), i);
		}
		return reference.page.toString().strip() + "\n";
	}

	private void section(String component, int index) {
		String name = this.prefix + "." + dashed(component);
		this.page.append("\n## ").append(name).append("\n\n");
		this.page.append("| Property | Type | Default | Meaning |\n|---|---|---|---|\n");
		row(this.properties, index, name);
	}

	private static String dashed(String component) {
		return DataObjectPropertyName.toDashedForm(component);
	}

	private void row(Class<?> record, int index, String name) {
		RecordComponent component = record.getRecordComponents()[index];
		Parameter parameter = record.getDeclaredConstructors()[0].getParameters()[index];
		Type type = component.getGenericType();
		String description = this.descriptions.get(record.getSimpleName()).get(component.getName());
		DefaultValue defaultValue = parameter.getAnnotation(DefaultValue.class);
		String defaults = (defaultValue != null) ? String.join(", ", defaultValue.value()) : "";
		Class<?> leaf = leaf(type);
		String path = name + suffix(component.getName(), type);
		if (!leaf.isRecord() || leaf.getSimpleName().equals("Target")) {
			this.page.append("| `").append(path).append("` | ").append(typeName(leaf)).append(" | ");
			this.page.append(defaults.isEmpty() ? "" : "`" + defaults + "`").append(" | ");
			this.page.append(description).append(" |\n");
		}
		if (leaf.isRecord()) {
			RecordComponent[] components = leaf.getRecordComponents();
			for (int i = 0; i < components.length; i++) {
				Name own = leaf.getDeclaredConstructors()[0].getParameters()[i].getAnnotation(Name.class);
				String key = (own != null) ? own.value() : dashed(components[i].getName());
				// The same property, as YAML may read it.
				if (!"true".equals(key)) {
					row(leaf, i, path + "." + key);
				}
			}
		}
	}

	private static Class<?> leaf(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			Type[] arguments = parameterized.getActualTypeArguments();
			return leaf(arguments[arguments.length - 1]);
		}
		return (Class<?>) type;
	}

	private static String suffix(String component, Type type) {
		if (type instanceof ParameterizedType parameterized) {
			Class<?> raw = (Class<?>) parameterized.getRawType();
			return Collection.class.isAssignableFrom(raw) ? "[]" : "." + KEYS.get(component);
		}
		return "";
	}

	private static String typeName(Class<?> type) {
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> "`" + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(", "));
		}
		return switch (type.getSimpleName()) {
			case "boolean", "Boolean" -> "boolean";
			case "int", "Integer", "long", "Long" -> "whole number";
			case "BigDecimal" -> "number";
			case "Duration" -> "duration";
			case "DataSize" -> "size";
			case "LocalDate" -> "date";
			case "OffsetDateTime" -> "instant";
			case "URI" -> "URL";
			case "Secret" -> "secret";
			case "Target" -> "text or map";
			case "Object" -> "anything";
			default -> "text";
		};
	}

}
