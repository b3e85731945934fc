package dev.switchboard.store.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How entries stand in a file: four bytes of length, four bytes of CRC-32C, and the
 * entry.
 */
final class Frames {

	static final int HEADER_BYTES = 8;

	private Frames() {
	}

	static void check(byte[] entry) {
		if (entry.length == 0 || entry.length > Journal.MAX_ENTRY_BYTES) {
			throw new IllegalArgumentException(
					"An entry has 1 to " + Journal.MAX_ENTRY_BYTES + " bytes, but this one has " + entry.length);
		}
	}

	static byte[] frame(byte[] entry) {
		check(entry);
		return ByteBuffer.allocate(HEADER_BYTES + entry.length)
			.putInt(entry.length)
			.putInt(checksum(entry, 0, entry.length))
			.put(entry)
			.array();
	}

	private static int checksum(byte[] bytes, int offset, int length) {
		CRC32C checksum = new CRC32C();
		checksum.update(bytes, offset, length);
		return (int) checksum.getValue();
	}

	/**
	 * Reads what was written, and passes over what is no entry.
	 * @param bytes the bytes from the beginning of a frame to the end of what was written
	 * @return what was found
	 */
	static Found read(byte[] bytes) {
		List<byte[]> entries = new ArrayList<>();
		int corrupt = 0;
		int position = 0;
		while (position < bytes.length) {
			int length = entryAt(bytes, position);
			if (length > 0) {
				int from = position + HEADER_BYTES;
				entries.add(Arrays.copyOfRange(bytes, from, from + length));
				position = from + length;
				continue;
			}
			int next = nextEntry(bytes, position + 1);
			if (next < 0 && isTorn(bytes, position)) {
				return new Found(entries, corrupt, bytes.length - position);
			}
			corrupt++;
			position = (next < 0) ? bytes.length : next;
		}
		return new Found(entries, corrupt, 0);
	}

	/** The length of the entry whose frame begins here; 0 if none does. */
	private static int entryAt(byte[] bytes, int position) {
		if (bytes.length - position <= HEADER_BYTES) {
			return 0;
		}
		ByteBuffer header = ByteBuffer.wrap(bytes, position, HEADER_BYTES);
		int length = header.getInt();
		int checksum = header.getInt();
		boolean possible = length > 0 && length <= bytes.length - position - HEADER_BYTES;
		return (possible && checksum(bytes, position + HEADER_BYTES, length) == checksum) ? length : 0;
	}

	// A spoilt length tells nothing of where the next frame begins; the checksum does.
	private static int nextEntry(byte[] bytes, int from) {
		for (int position = from; position < bytes.length - HEADER_BYTES; position++) {
			if (entryAt(bytes, position) > 0) {
				return position;
			}
		}
		return -1;
	}

	/** Whether the last frame began here and was not written to its end. */
	private static boolean isTorn(byte[] bytes, int position) {
		int left = bytes.length - position - HEADER_BYTES;
		if (left <= 0) {
			return true;
		}
		int length = ByteBuffer.wrap(bytes, position, HEADER_BYTES).getInt();
		return length > left && length <= Journal.MAX_ENTRY_BYTES;
	}

	/**
	 * What stands in a file.
	 *
	 * @param entries the entries, in order
	 * @param corrupt how often something stood where an entry should have
	 * @param torn how many bytes at the end belong to an entry that was not written to
	 * its end
	 */
	record Found(List<byte[]> entries, int corrupt, int torn) {
	}

}
