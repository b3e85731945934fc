package dev.switchboard.redis.cache;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import dev.switchboard.cache.CacheKey;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Entries as they stand in Redis: a mark, the version of the format, whether the rest is
 * compressed and how long it is when it is not; then the key it was written for, how long
 * it lives in all, and the answer.
 * <p>
 * Another version is not read, so that nodes of two versions each keep their own.
 */
final class EntryCodec {

	private static final byte[] MARK = { 'S', 'B' };

	/** Changed with every change of what is written. */
	private static final byte VERSION = 1;

	private static final byte AS_IS = 0;

	private static final byte DEFLATED = 1;

	static final int HEADER = MARK.length + 2 + Integer.BYTES;

	/** What is smaller does not become much smaller. */
	private static final int LEAST_TO_DEFLATE = 1024;

	private final int maxSize;

	/**
	 * A codec.
	 * @param maxSize bytes that an entry may take before it is compressed
	 */
	EntryCodec(int maxSize) {
		this.maxSize = maxSize;
	}

	/**
	 * Writes an entry.
	 * @throws EntryOutput.EntryTooLargeException if it is too large
	 * @throws IllegalArgumentException if the answer has media that can't be written
	 */
	byte[] write(CacheKey key, ChatResponse answer, Duration lifetime) {
		EntryOutput out = new EntryOutput(this.maxSize);
		out.text(key.route().value()).text(key.digest()).number(lifetime.toMillis());
		AnswerFormat.write(answer, out);
		byte[] content = out.toByteArray();
		byte[] deflated = (content.length >= LEAST_TO_DEFLATE) ? deflate(content) : content;
		boolean smaller = deflated.length < content.length;
		byte[] body = smaller ? deflated : content;
		return ByteBuffer.allocate(HEADER + body.length)
			.put(MARK)
			.put(VERSION)
			.put(smaller ? DEFLATED : AS_IS)
			.putInt(content.length)
			.put(body)
			.array();
	}

	/**
	 * Reads an entry.
	 * @throws UnreadableEntryException if it is not one that {@link #write} has made for
	 * this key
	 */
	Entry read(CacheKey key, byte[] bytes) {
		try {
			EntryInput in = new EntryInput(content(bytes));
			if (!in.text().equals(key.route().value()) || !in.text().equals(key.digest())) {
				throw new UnreadableEntryException("an entry of another key");
			}
			Duration lifetime = Duration.ofMillis(in.number());
			ChatResponse answer = AnswerFormat.read(in);
			in.end();
			return new Entry(answer, lifetime);
		}
		catch (UnreadableEntryException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Whoever is given a value that can't be says so in his own way.
			throw new UnreadableEntryException("values that can't be", ex);
		}
	}

	private byte[] content(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		for (byte mark : MARK) {
			if (buffer.get() != mark) {
				throw new UnreadableEntryException("something else than an entry");
			}
		}
		byte version = buffer.get();
		if (version != VERSION) {
			throw new UnreadableEntryException("an entry of version " + version);
		}
		byte form = buffer.get();
		int length = buffer.getInt();
		if (length < 0 || length > this.maxSize) {
			throw new UnreadableEntryException("an entry of " + length + " bytes");
		}
		byte[] body = new byte[buffer.remaining()];
		buffer.get(body);
		byte[] content = switch (form) {
			case AS_IS -> body;
			case DEFLATED -> inflate(body, length);
			default -> throw new UnreadableEntryException("an entry of form " + form);
		};
		if (content.length != length) {
			throw new UnreadableEntryException("an entry that is cut off");
		}
		return content;
	}

	private static byte[] deflate(byte[] content) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			deflater.setInput(content);
			deflater.finish();
			// What does not become smaller is left as it is.
			byte[] deflated = new byte[content.length];
			int length = deflater.deflate(deflated);
			return deflater.finished() ? Arrays.copyOf(deflated, length) : content;
		}
		finally {
			deflater.end();
		}
	}

	private static byte[] inflate(byte[] deflated, int length) {
		Inflater inflater = new Inflater();
		try {
			inflater.setInput(deflated);
			byte[] content = new byte[length];
			int inflated = inflater.inflate(content);
			// One byte more would be one too many; without it there is still the
			// checksum.
			int more = inflater.finished() ? 0 : inflater.inflate(new byte[1]);
			if (inflated != length || more != 0 || !inflater.finished() || inflater.getRemaining() != 0) {
				throw new UnreadableEntryException("an entry of another length");
			}
			return content;
		}
		catch (DataFormatException ex) {
			throw new UnreadableEntryException("an entry that can't be decompressed", ex);
		}
		finally {
			inflater.end();
		}
	}

	/**
	 * What is read of an entry.
	 *
	 * @param answer the answer
	 * @param lifetime how long it lives in all
	 */
	record Entry(ChatResponse answer, Duration lifetime) {

		Entry {
			if (lifetime.isNegative() || lifetime.isZero()) {
				throw new IllegalArgumentException("An entry lives for some time, but found " + lifetime);
			}
		}

	}

}
