package dev.switchboard.provider;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets a target's options, by their names, on the options builder of its provider's
 * models. A method with one parameter is an option of its name in kebab case, one without
 * a parameter an option that can only be {@code true}.
 */
final class TargetOptions {

	/**
	 * What belongs to the provider or to the single call, and is no option of a target.
	 */
	private static final Set<String> NOT_OPTIONS = Set.of("model", "base-url", "api-key", "credential", "timeout",
			"max-retries", "proxy", "organization-id", "deployment-name", "microsoft-foundry",
			"microsoft-foundry-service-version", "azure", "azure-open-aiservice-version", "git-hub-models",
			"tool-callbacks", "tool-context", "output-schema", "combine-with", "clone", "build");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
		.build();

	private final Map<String, List<Method>> setters;

	private final Converter converter;

	/**
	 * The options of a builder.
	 * @param builder the builder's class
	 * @param aliases other names of options, and what they stand for
	 * @param converter knows the vendor's own types
	 */
	TargetOptions(Class<?> builder, Map<String, String> aliases, Converter converter) {
		this.setters = setters(builder);
		this.converter = converter;
		aliases.forEach((alias, name) -> {
			List<Method> known = this.setters.get(name);
			if (known != null) {
				this.setters.putIfAbsent(alias, known);
			}
		});
	}

	/**
	 * Sets the options.
	 * @param target the target with its options
	 * @param builder what to set them on
	 * @throws InvalidTargetOptionException if the builder doesn't know one of them, or
	 * its value doesn't fit
	 */
	void apply(Target target, ChatOptions.Builder<?> builder) {
		target.options().forEach((name, value) -> set(target, builder, name, value));
	}

	private void set(Target target, ChatOptions.Builder<?> builder, String name, Object value) {
		List<Method> candidates = this.setters.get(name);
		if (candidates == null) {
			throw InvalidTargetOptionException.unknown(target.model(), name, this.setters.keySet());
		}
		for (Method setter : candidates) {
			try {
				if (setter.getParameterCount() == 1) {
					setter.invoke(builder, convert(value, type(setter)));
				}
				else if ("true".equals(String.valueOf(value))) {
					setter.invoke(builder);
				}
				else {
					continue;
				}
				return;
			}
			catch (JacksonException | IllegalArgumentException | InvocationTargetException ex) {
				// Perhaps an overload takes it. Neither cause nor value is told: a header
				// may hold a credential.
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(setter + " is not public", ex);
			}
			catch (RuntimeException ex) {
				// The vendor's own way to say the same.
			}
		}
		Method first = candidates.get(0);
		throw InvalidTargetOptionException.unfit(target.model(), name, this.setters.keySet(),
				(first.getParameterCount() == 1) ? kind(first.getParameterTypes()[0]) : "true", kind(value.getClass()));
	}

	private @Nullable Object convert(Object value, Type type) {
		Object plain = lists(value);
		if (type == Object.class) {
			// Where anything goes, Spring AI reads structures from their JSON.
			return (plain instanceof Map<?, ?>) ? MAPPER.writeValueAsString(plain) : plain;
		}
		if (type == Duration.class && plain instanceof String text) {
			return DurationFormatterUtils.detectAndParse(text);
		}
		if (plain instanceof String text && text.isBlank()) {
			throw new IllegalArgumentException("Blank");
		}
		Object converted = this.converter.convert((plain != null) ? plain : value, type);
		return (converted != null) ? converted
				: MAPPER.treeToValue(MAPPER.valueToTree(plain), MAPPER.constructType(type));
	}

	private static Map<String, List<Method>> setters(Class<?> builder) {
		Map<String, List<Method>> setters = new TreeMap<>();
		for (Method method : builder.getMethods()) {
			String name = kebab(method.getName());
			if (method.getParameterCount() <= 1 && ChatOptions.Builder.class.isAssignableFrom(method.getReturnType())
					&& !NOT_OPTIONS.contains(name)) {
				add(method, setters.computeIfAbsent(name, (key) -> new ArrayList<>()));
			}
		}
		// Text before what can be made of text, and the same order on every start.
		Comparator<Method> order = Comparator
			.comparing(
					(Method method) -> method.getParameterCount() == 1 && method.getParameterTypes()[0] != String.class)
			.thenComparing(Method::toGenericString);
		setters.values().forEach((methods) -> methods.sort(order));
		return setters;
	}

	// What a builder inherits from a class that isn't public it shows as bridges only.
	private static void add(Method method, List<Method> methods) {
		for (int i = 0; i < methods.size(); i++) {
			if (Arrays.equals(methods.get(i).getParameterTypes(), method.getParameterTypes())) {
				methods.set(i, methods.get(i).isBridge() ? method : methods.get(i));
				return;
			}
		}
		methods.add(method);
	}

	/**
	 * The parameter's type; of a bridge that of the method behind it, which is generic.
	 */
	private static Type type(Method setter) {
		Class<?> owner = setter.getDeclaringClass();
		for (Class<?> type = owner; setter.isBridge() && type != null; type = type.getSuperclass()) {
			for (Method declared : type.getDeclaredMethods()) {
				if (!declared.isBridge() && declared.getName().equals(setter.getName())
						&& Arrays.equals(declared.getParameterTypes(), setter.getParameterTypes())) {
					return declared.getGenericParameterTypes()[0];
				}
			}
		}
		return setter.getGenericParameterTypes()[0];
	}

	private static String kebab(String camel) {
		StringBuilder kebab = new StringBuilder();
		for (int i = 0; i < camel.length(); i++) {
			char c = camel.charAt(i);
			if (Character.isUpperCase(c) && i > 0 && !Character.isUpperCase(camel.charAt(i - 1))) {
				kebab.append('-');
			}
			kebab.append(Character.toLowerCase(c));
		}
		return kebab.toString();
	}

	/**
	 * The value with maps from 0, 1, … turned into lists: as such does Spring Boot bind
	 * the lists below a map of objects.
	 */
	private static @Nullable Object lists(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(TargetOptions::lists).toList();
		}
		if (!(value instanceof Map<?, ?> map)) {
			return value;
		}
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, element) -> copy.put(String.valueOf(key), lists(element)));
		List<@Nullable Object> list = new ArrayList<>();
		while (copy.containsKey(String.valueOf(list.size()))) {
			list.add(copy.get(String.valueOf(list.size())));
		}
		return (!list.isEmpty() && list.size() == copy.size()) ? list : copy;
	}

	private static String kind(Class<?> type) {
		if (type == String.class || type.isEnum()) {
			return "text";
		}
		if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
			return "whole number";
		}
		if (Number.class.isAssignableFrom(type) || type == double.class) {
			return "number";
		}
		if (type == Boolean.class || type == boolean.class) {
			return "true or false";
		}
		return Collection.class.isAssignableFrom(type) ? "list"
				: Map.class.isAssignableFrom(type) ? "map" : type.getSimpleName();
	}

	/**
	 * Makes values of the vendor's own types.
	 */
	@FunctionalInterface
	interface Converter {

		/**
		 * Converts a value.
		 * @param value text, a number, true or false, a list or a map
		 * @param type what is needed
		 * @return the converted value; {@code null} if the type is not one of the
		 * vendor's
		 */
		@Nullable Object convert(Object value, Type type);

	}

}
