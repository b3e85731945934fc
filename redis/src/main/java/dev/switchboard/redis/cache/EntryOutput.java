package dev.switchboard.redis.cache;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Writes the values of an entry, each with its kind and length, up to a limit.
 */
final class EntryOutput {

	/** Deeper than any provider's metadata. */
	static final int DEPTH = 16;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

	private final int limit;

	EntryOutput(int limit) {
		this.limit = limit;
	}

	EntryOutput integer(int value) {
		return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
	}

	EntryOutput number(long value) {
		return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
	}

	EntryOutput text(String text) {
		return sized(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes any value of which {@link #isPlain} is true.
	 */
	EntryOutput value(@Nullable Object value) {
		if (value == null) {
			return type(ValueType.NULL);
		}
		if (value instanceof String text) {
			return type(ValueType.TEXT).text(text);
		}
		if (value instanceof byte[] content) {
			return type(ValueType.BYTES).sized(content);
		}
		if (value instanceof Boolean flag) {
			return type(flag ? ValueType.TRUE : ValueType.FALSE);
		}
		if (value instanceof Integer number) {
			return type(ValueType.INTEGER).integer(number);
		}
		if (value instanceof Long number) {
			return type(ValueType.LONG).number(number);
		}
		if (value instanceof Float number) {
			return type(ValueType.FLOAT).integer(Float.floatToIntBits(number));
		}
		if (value instanceof Double number) {
			return type(ValueType.DOUBLE).number(Double.doubleToLongBits(number));
		}
		if (value instanceof Collection<?> elements) {
			type((value instanceof Set<?>) ? ValueType.SET : ValueType.LIST).integer(elements.size());
			elements.forEach(this::value);
			return this;
		}
		if (value instanceof Map<?, ?> entries) {
			type(ValueType.MAP).integer(entries.size());
			entries.forEach((name, element) -> text((String) name).value(element));
			return this;
		}
		throw new IllegalArgumentException("A " + value.getClass().getName() + " is no plain value");
	}

	/**
	 * Writes what is plain of a map, and leaves out the rest: a provider's own classes
	 * may not be there on another node.
	 */
	EntryOutput plain(Iterable<? extends Map.Entry<String, ? extends @Nullable Object>> entries) {
		Map<String, @Nullable Object> plain = new LinkedHashMap<>();
		for (Map.Entry<String, ? extends @Nullable Object> entry : entries) {
			if (isPlain(entry.getValue(), 0)) {
				plain.put(entry.getKey(), entry.getValue());
			}
		}
		return value(plain);
	}

	private static boolean isPlain(@Nullable Object value, int depth) {
		if (value instanceof List<?> || value instanceof Set<?>) {
			return depth < DEPTH && ((Collection<?>) value).stream().allMatch((element) -> isPlain(element, depth + 1));
		}
		if (value instanceof Map<?, ?> map) {
			return depth < DEPTH && map.entrySet()
				.stream()
				.allMatch((entry) -> entry.getKey() instanceof String && isPlain(entry.getValue(), depth + 1));
		}
		return value == null || value instanceof String || value instanceof byte[] || value instanceof Boolean
				|| value instanceof Integer || value instanceof Long || value instanceof Float
				|| value instanceof Double;
	}

	private EntryOutput type(ValueType type) {
		return raw(new byte[] { (byte) type.ordinal() });
	}

	private EntryOutput sized(byte[] content) {
		return integer(content.length).raw(content);
	}

	private EntryOutput raw(byte[] content) {
		if (content.length > this.limit - this.bytes.size()) {
			throw new EntryTooLargeException();
		}
		this.bytes.writeBytes(content);
		return this;
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

	/** An answer takes more than an entry may. */
	static final class EntryTooLargeException extends RuntimeException {

		EntryTooLargeException() {
			super("The entry is too large", null, false, false);
		}

	}

}
