package dev.switchboard.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of entries. It is written at its end, once, and removed as a whole.
 */
final class Segment {

	private static final Logger log = LoggerFactory.getLogger(Segment.class);

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

	/** How many entries stand in it. */
	int entries() throws IOException {
		return Frames.read(read(this.file, 0, this.bytes)).entries().size();
	}

	/** Removes it; says whether it is gone. */
	boolean remove() {
		try {
			Files.deleteIfExists(this.file);
			return true;
		}
		catch (IOException ex) {
			// It is read again by the next process, and its entries are known then.
			log.warn("Segment could not be removed file={}", this.file, ex);
			return false;
		}
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
