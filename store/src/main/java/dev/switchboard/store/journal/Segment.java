package dev.switchboard.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of entries. It is written at its end, once, and removed as a whole.
 */
final class Segment {

	private final JournalFolder folder;

	private final Path file;

	private final long bytes;

	/**
	 * A file that is written no more.
	 * @param folder where it stands
	 * @param file the file
	 * @param bytes its length
	 */
	Segment(JournalFolder folder, Path file, long bytes) {
		this.folder = folder;
		this.file = file;
		this.bytes = bytes;
	}

	JournalFolder folder() {
		return this.folder;
	}

	Path file() {
		return this.file;
	}

	long bytes() {
		return this.bytes;
	}

	/** What stands between two places of a file. */
	static byte[] read(Path file, long from, long until) throws IOException {
		byte[] bytes = new byte[Math.toIntExact(until - from)];
		try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
			reader.seek(from);
			int read = 0;
			while (read < bytes.length) {
				int more = reader.read(bytes, read, bytes.length - read);
				if (more < 0) {
					return Arrays.copyOf(bytes, read);
				}
				read += more;
			}
		}
		return bytes;
	}

}
