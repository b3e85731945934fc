package dev.switchboard.gateway.admin;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A page of things that have names, in the order of these.
 *
 * @param <T> what it is a page of
 * @param elements what is on it
 * @param next what to ask after for the next one; {@code null} if this is the last
 */
record Page<T>(List<T> elements, @Nullable String next) {

	static <T> Page<T> of(List<T> all, Function<T, String> name, Parameters parameters) {
		String after = parameters.text(Parameters.AFTER);
		int limit = parameters.limit();
		List<T> rest = all.stream()
			.filter((each) -> after == null || name.apply(each).compareTo(after) > 0)
			.limit(limit + 1L)
			.toList();
		List<T> elements = rest.subList(0, Math.min(limit, rest.size()));
		return new Page<>(elements, (rest.size() > limit) ? name.apply(elements.get(limit - 1)) : null);
	}

}
