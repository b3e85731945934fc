package dev.switchboard.redis.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the values of an entry. Believes nothing: a length that is more than what is
 * left, or a kind that there is not, ends in an exception.
 */
final class EntryInput {

	private static final ValueType[] TYPES = ValueType.values();

	private final ByteBuffer bytes;

	EntryInput(byte[] bytes) {
		this.bytes = ByteBuffer.wrap(bytes);
	}

	int integer() {
		return this.bytes.getInt();
	}

	long number() {
		return this.bytes.getLong();
	}

	/** How many values follow, of which each takes a byte at least. */
	int count() {
		int count = integer();
		if (count < 0 || count > this.bytes.remaining()) {
			throw new UnreadableEntryException("a length of " + count);
		}
		return count;
	}

	String text() {
		return new String(sized(), StandardCharsets.UTF_8);
	}

	@Nullable String optionalText() {
		Object value = value();
		if (value != null && !(value instanceof String)) {
			throw new UnreadableEntryException("a value that is no text");
		}
		return (String) value;
	}

	@Nullable Object value() {
		return value(0);
	}

	Map<String, @Nullable Object> map() {
		if (type() != ValueType.MAP) {
			throw new UnreadableEntryException("a value that is no map");
		}
		return map(0);
	}

	private @Nullable Object value(int depth) {
		if (depth > EntryOutput.DEPTH) {
			throw new UnreadableEntryException("values too deep in one another");
		}
		return switch (type()) {
			case NULL -> null;
			case TEXT -> text();
			case BYTES -> sized();
			case TRUE -> true;
			case FALSE -> false;
			case INTEGER -> integer();
			case LONG -> number();
			case FLOAT -> Float.intBitsToFloat(integer());
			case DOUBLE -> Double.longBitsToDouble(number());
			case LIST -> elements(new ArrayList<>(), depth);
			case SET -> elements(new LinkedHashSet<>(), depth);
			case MAP -> map(depth);
		};
	}

	private Collection<@Nullable Object> elements(Collection<@Nullable Object> into, int depth) {
		int count = count();
		for (int i = 0; i < count; i++) {
			into.add(value(depth + 1));
		}
		return into;
	}

	private Map<String, @Nullable Object> map(int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		int count = count();
		for (int i = 0; i < count; i++) {
			map.put(text(), value(depth + 1));
		}
		return map;
	}

	private ValueType type() {
		byte type = this.bytes.get();
		if (type < 0 || type >= TYPES.length) {
			throw new UnreadableEntryException("a value of kind " + type);
		}
		return TYPES[type];
	}

	private byte[] sized() {
		byte[] content = new byte[count()];
		this.bytes.get(content);
		return content;
	}

	/** Makes sure that nothing is left. */
	void end() {
		if (this.bytes.hasRemaining()) {
			throw new UnreadableEntryException("more than an entry");
		}
	}

}
