package dev.switchboard.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The segment that is being written. Not a channel, which an interrupted thread would
 * close under all others: callers are interrupted when their call is cancelled.
 */
final class SegmentWriter implements AutoCloseable {

	private final JournalFolder folder;

	private final Path path;

	private final RandomAccessFile file;

	private volatile long bytes;

	SegmentWriter(JournalFolder folder, Path path) throws IOException {
		this.folder = folder;
		this.path = path;
		this.file = new RandomAccessFile(path.toFile(), "rw");
	}

	/**
	 * Writes a frame with one write, to be called by one thread at a time.
	 * @throws IOException if it was not written as a whole; nothing may follow it then
	 */
	void write(byte[] frame) throws IOException {
		this.file.write(frame);
		this.bytes += frame.length;
	}

	Path path() {
		return this.path;
	}

	/** How much of the file is whole. */
	long bytes() {
		return this.bytes;
	}

	/** As a segment that is written no more. */
	Segment finished() {
		return new Segment(this.folder, this.path, this.bytes);
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
