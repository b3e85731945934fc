package dev.switchboard.provider;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets a target's options, by their names, on the options builder of its provider's
 * models.
 */
final class TargetOptions {

	/**
	 * What belongs to the provider or to the single call, and is no option of a target.
	 */
	private static final Set<String> NOT_OPTIONS = Set.of("model", "base-url", "api-key", "credential", "timeout",
			"max-retries", "proxy", "organization-id", "deployment-name", "microsoft-foundry",
			"microsoft-foundry-service-version", "azure", "azure-open-ai-service-version",
			"azure-open-aiservice-version", "git-hub-models", "tool-callbacks", "tool-context", "output-schema",
			"combine-with");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.build();

	private TargetOptions() {
	}

	/**
	 * Sets the options.
	 * @param target the target with its options
	 * @param builder what to set them on
	 * @throws InvalidTargetOptionException if the builder doesn't know one of them, or
	 * its value doesn't fit
	 */
	static void apply(Target target, ChatOptions.Builder<?> builder) {
		if (target.options().isEmpty()) {
			return;
		}
		Map<String, Method> setters = setters(builder.getClass());
		target.options().forEach((name, value) -> set(target, builder, setters, name, value));
	}

	private static void set(Target target, ChatOptions.Builder<?> builder, Map<String, Method> setters, String name,
			Object value) {
		Method setter = setters.get(name);
		if (setter == null) {
			throw InvalidTargetOptionException.unknown(target.model(), name, setters.keySet());
		}
		Type type = setter.getGenericParameterTypes()[0];
		try {
			Object argument = (type == Object.class) ? value
					: MAPPER.convertValue(lists(value), MAPPER.constructType(type));
			setter.invoke(builder, argument);
		}
		catch (JacksonException | IllegalArgumentException | InvocationTargetException ex) {
			// Neither the cause nor the value: a header may hold a credential.
			throw InvalidTargetOptionException.unfit(target.model(), name, setters.keySet(),
					kind(setter.getParameterTypes()[0]), kind(value.getClass()));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(setter + " is not public", ex);
		}
	}

	private static Map<String, Method> setters(Class<?> builder) {
		Map<String, Method> setters = new TreeMap<>();
		for (Method method : builder.getMethods()) {
			String name = kebab(method.getName());
			if (method.getParameterCount() != 1 || !ChatOptions.Builder.class.isAssignableFrom(method.getReturnType())
					|| NOT_OPTIONS.contains(name)) {
				continue;
			}
			Method other = setters.get(name);
			if (other == null || other.isBridge()) {
				setters.put(name, method);
			}
		}
		return setters;
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
		if (Number.class.isAssignableFrom(type) || type == int.class || type == double.class) {
			return (type == Integer.class || type == int.class || type == Long.class) ? "whole number" : "number";
		}
		if (type == Boolean.class || type == boolean.class) {
			return "true or false";
		}
		return Collection.class.isAssignableFrom(type) ? "list" : "map";
	}

}
