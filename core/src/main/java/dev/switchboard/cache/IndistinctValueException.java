package dev.switchboard.cache;

import org.jspecify.annotations.Nullable;

/**
 * A request holds a value that nothing tells from others of its class.
 */
final class IndistinctValueException extends RuntimeException {

	private final Class<?> type;

	IndistinctValueException(Class<?> type, @Nullable Throwable cause) {
		super("Nothing tells the values of " + type.getName() + " apart", cause);
		this.type = type;
	}

	Class<?> type() {
		return this.type;
	}

}
