package dev.switchboard.cache;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an object tells through its getters.
 */
final class ValueProperties {

	private final ClassValue<List<Method>> getters = new ClassValue<>() {
		@Override
		protected List<Method> computeValue(Class<?> type) {
			return Arrays.stream(type.getMethods())
				.filter(ValueProperties::isGetter)
				.filter(Method::trySetAccessible)
				.sorted(Comparator.comparing(Method::getName))
				.toList();
		}
	};

	private static boolean isGetter(Method method) {
		String name = method.getName();
		boolean named = (name.startsWith("get") && name.length() > 3)
				|| (name.startsWith("is") && name.length() > 2 && method.getReturnType() == boolean.class);
		return named && method.getParameterCount() == 0 && method.getReturnType() != void.class && !method.isBridge()
				&& !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class;
	}

	/**
	 * Whether there is anything to read.
	 * @param type the object's class
	 * @return whether it has getters
	 */
	boolean exist(Class<?> type) {
		return !this.getters.get(type).isEmpty();
	}

	/**
	 * Reads an object.
	 * @param value the object
	 * @return what its getters give, by their names; without what is {@code null} or a
	 * function
	 */
	Map<String, Object> read(Object value) {
		Map<String, Object> properties = new TreeMap<>();
		for (Method getter : this.getters.get(value.getClass())) {
			Object property = call(getter, value);
			if (property != null && !property.getClass().isHidden()) {
				properties.put(getter.getName(), property);
			}
		}
		return properties;
	}

	private static Object call(Method getter, Object value) {
		try {
			return getter.invoke(value);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IndistinctValueException(value.getClass(), ex);
		}
	}

}
