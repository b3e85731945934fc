package dev.switchboard.provider;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Implements the few methods that Spring AI's models call of a vendor's large interfaces,
 * which grow with every release.
 */
final class OnlyMethods {

	private OnlyMethods() {
	}

	/**
	 * An implementation of some methods.
	 * @param <T> the interface
	 * @param type the interface
	 * @param methods what the methods do with their arguments, by name
	 * @return an instance whose other methods throw {@link UnsupportedOperationException}
	 */
	static <T> T of(Class<T> type, Map<String, Function<@Nullable Object[], Object>> methods) {
		InvocationHandler handler = (Object proxy, Method method, @Nullable Object @Nullable [] arguments) -> {
			Function<@Nullable Object[], Object> implementation = methods.get(method.getName());
			if (implementation != null) {
				return implementation.apply((arguments != null) ? arguments : new Object[0]);
			}
			return switch (method.getName()) {
				case "toString" -> type.getSimpleName() + methods.keySet();
				case "hashCode" -> System.identityHashCode(proxy);
				case "equals" -> arguments != null && proxy == arguments[0];
				case "close" -> null;
				default -> throw new UnsupportedOperationException(method.getName() + " is not needed by any route");
			};
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
