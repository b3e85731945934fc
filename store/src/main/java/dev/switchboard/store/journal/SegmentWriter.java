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

	private boolean broken;

	SegmentWriter(JournalFolder folder, Path path) throws IOException {
		this.folder = folder;
		this.path = path;
		this.file = new RandomAccessFile(path.toFile(), "rw");
	}

	/**
	 * Writes a frame with one write, to be called by one thread at a time.
	 * @throws IOException if it was not written as a whole
	 */
	void write(byte[] frame) throws IOException {
		try {
			this.file.write(frame);
			this.bytes = this.bytes + frame.length;
		}
		catch (IOException ex) {
			takeBack();
			throw ex;
		}
	}

	// What was written of a frame must not stand before the next one.
	private void takeBack() {
		try {
			this.file.setLength(this.bytes);
			this.file.seek(this.bytes);
		}
		catch (IOException ex) {
			this.broken = true;
		}
	}

	/** Whether half a frame stands at its end, so that nothing may follow. */
	boolean isBroken() {
		return this.broken;
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
