package dev.switchboard.cache;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over values, each written with its type and length, so that no sequence of
 * values can be mistaken for another one.
 */
final class CanonicalDigest {

	private static final int CHUNK = 512;

	private final ValueProperties properties;

	private final MessageDigest digest;

	private final char[] chars = new char[CHUNK];

	// A char takes up to three bytes, and a header up to nine.
	private final byte[] buffer = new byte[3 * CHUNK + 16];

	private int length;

	CanonicalDigest(ValueProperties properties) {
		this.properties = properties;
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Opens a group of values.
	 * @param name what they are
	 * @param size how many there are
	 * @return this
	 */
	CanonicalDigest group(String name, int size) {
		header('(', size);
		return string(name);
	}

	CanonicalDigest string(@Nullable CharSequence text) {
		if (text == null) {
			header('0', 0);
			return this;
		}
		String string = text.toString();
		int size = string.length();
		header('s', size);
		for (int from = 0; from < size; from += CHUNK) {
			int count = Math.min(CHUNK, size - from);
			string.getChars(from, from + count, this.chars, 0);
			room(3 * count);
			this.length = encode(this.chars, count, this.buffer, this.length);
		}
		return this;
	}

	// As UTF-8, but each half of a surrogate pair by itself: String.getBytes makes the
	// same question mark of every half that has lost its other one.
	private static int encode(char[] chars, int count, byte[] bytes, int position) {
		int to = position;
		for (int i = 0; i < count; i++) {
			char c = chars[i];
			if (c < 0x80) {
				bytes[to++] = (byte) c;
			}
			else if (c < 0x800) {
				bytes[to++] = (byte) (0xC0 | (c >> 6));
				bytes[to++] = (byte) (0x80 | (c & 0x3F));
			}
			else {
				bytes[to++] = (byte) (0xE0 | (c >> 12));
				bytes[to++] = (byte) (0x80 | ((c >> 6) & 0x3F));
				bytes[to++] = (byte) (0x80 | (c & 0x3F));
			}
		}
		return to;
	}

	CanonicalDigest bytes(byte[] bytes) {
		header('b', bytes.length);
		drain();
		this.digest.update(bytes);
		return this;
	}

	CanonicalDigest integer(long value) {
		header('i', value);
		return this;
	}

	CanonicalDigest bool(boolean value) {
		header(value ? '+' : '-', 0);
		return this;
	}

	/**
	 * Writes a value of any kind.
	 * @param value the value
	 * @return this
	 * @throws IndistinctValueException if nothing tells it from others of its class
	 */
	CanonicalDigest value(@Nullable Object value) {
		if (value == null || value instanceof CharSequence) {
			return string((CharSequence) value);
		}
		if (value instanceof Boolean flag) {
			return bool(flag);
		}
		if (value instanceof Number number) {
			return number(number);
		}
		if (value instanceof byte[] bytes) {
			return bytes(bytes);
		}
		if (value instanceof Enum<?> constant) {
			return group("enum", 2).string(constant.getDeclaringClass().getName()).string(constant.name());
		}
		if (value instanceof Map<?, ?> map) {
			return map(map);
		}
		if (value instanceof Set<?> set) {
			return unordered("set", set);
		}
		if (value instanceof Collection<?> list) {
			group("list", list.size());
			list.forEach(this::value);
			return this;
		}
		if (value.getClass().isArray()) {
			int size = Array.getLength(value);
			group("list", size);
			for (int i = 0; i < size; i++) {
				value(Array.get(value, i));
			}
			return this;
		}
		if (value instanceof Optional<?> optional) {
			return group("optional", 1).value(optional.orElse(null));
		}
		if (value instanceof Record components) {
			return components(components);
		}
		return other(value);
	}

	private CanonicalDigest number(Number number) {
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
			return integer(number.longValue());
		}
		if (number instanceof Double || number instanceof Float) {
			header('d', Double.doubleToLongBits(number.doubleValue()));
			return this;
		}
		if (number instanceof BigDecimal || number instanceof BigInteger) {
			return group("number", 1).string(number.toString());
		}
		return other(number);
	}

	private CanonicalDigest map(Map<?, ?> map) {
		List<byte[]> entries = new ArrayList<>(map.size());
		map.forEach((key, value) -> entries.add(new CanonicalDigest(this.properties).value(key).value(value).finish()));
		return sorted("map", entries);
	}

	private CanonicalDigest unordered(String name, Collection<?> values) {
		List<byte[]> digests = new ArrayList<>(values.size());
		values.forEach((value) -> digests.add(new CanonicalDigest(this.properties).value(value).finish()));
		return sorted(name, digests);
	}

	private CanonicalDigest sorted(String name, List<byte[]> digests) {
		digests.sort(Arrays::compareUnsigned);
		group(name, digests.size());
		digests.forEach(this::bytes);
		return this;
	}

	private CanonicalDigest components(Record value) {
		RecordComponent[] components = value.getClass().getRecordComponents();
		group("record", components.length).string(value.getClass().getName());
		for (RecordComponent component : components) {
			string(component.getName());
			value(read(component.getAccessor(), value));
		}
		return this;
	}

	private static @Nullable Object read(Method accessor, Object value) {
		try {
			accessor.setAccessible(true);
			return accessor.invoke(value);
		}
		catch (IllegalAccessException | InvocationTargetException | RuntimeException ex) {
			throw new IndistinctValueException(value.getClass(), ex);
		}
	}

	// The vendors' value classes print all they hold, Spring AI's often don't. What has
	// neither getters nor a text of its own would be another value in every call.
	private CanonicalDigest other(Object value) {
		Class<?> type = value.getClass();
		boolean printed = prints(type);
		if ((!printed || type.getName().startsWith("org.springframework.ai.")) && this.properties.exist(type)) {
			return group("bean", 2).string(type.getName()).map(this.properties.read(value));
		}
		if (!printed) {
			throw new IndistinctValueException(type, null);
		}
		return group("object", 2).string(type.getName()).string(value.toString());
	}

	private static boolean prints(Class<?> type) {
		try {
			return type.getMethod("toString").getDeclaringClass() != Object.class;
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

	byte[] finish() {
		drain();
		return this.digest.digest();
	}

	String finishAsText() {
		return HexFormat.of().formatHex(finish());
	}

	private void header(char type, long value) {
		room(9);
		this.buffer[this.length++] = (byte) type;
		for (int shift = 56; shift >= 0; shift -= 8) {
			this.buffer[this.length++] = (byte) (value >>> shift);
		}
	}

	private void room(int bytes) {
		if (this.length + bytes > this.buffer.length) {
			drain();
		}
	}

	private void drain() {
		this.digest.update(this.buffer, 0, this.length);
		this.length = 0;
	}

}
