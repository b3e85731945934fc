package dev.switchboard.store.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import dev.switchboard.store.journal.Frames.Found;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in files. An entry is appended with one write and not forced to the disk:
 * what was written belongs to the operating system, so that it outlives the process even
 * if that is killed ({@code kill -9}), but not a loss of power.
 * <p>
 * Below its folder each process has a numbered one of its own. A process takes the first
 * one that is free, with all that a former one left there, and looks after the others
 * that nobody has. Entries of one process are given in the order in which they came.
 */
public final class FileJournal implements Journal {

	private static final Logger log = LoggerFactory.getLogger(FileJournal.class);

	private static final long SEGMENT_BYTES = 1024 * 1024;

	/** So many segments share the room, at least: only whole ones give room back. */
	private static final int LEAST_SEGMENTS = 8;

	private final Path root;

	private final long maxBytes;

	private final long segmentBytes;

	private final JournalFolder own;

	private final ReentrantLock lock = new ReentrantLock();

	/** Written no more and not yet begun to be read; guarded by the lock. */
	private final Deque<Segment> finished = new ArrayDeque<>();

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong waiting = new AtomicLong();

	private final AtomicLong corrupt = new AtomicLong();

	private @Nullable SegmentWriter writer;

	private long nextNumber;

	private boolean sealed;

	// What follows belongs to the one thread that takes.

	private final Deque<byte[]> read = new ArrayDeque<>();

	private final List<Segment> readToTheirEnd = new ArrayList<>();

	private final Deque<JournalFolder> adopted = new ArrayDeque<>();

	private List<byte[]> taken = List.of();

	/** The segment that was begun to be read while it was written. */
	private @Nullable SegmentWriter followed;

	private long position;

	private FileJournal(Path root, long maxBytes, JournalFolder own) throws IOException {
		this.root = root;
		this.maxBytes = maxBytes;
		this.segmentBytes = Math.min(SEGMENT_BYTES, maxBytes / LEAST_SEGMENTS);
		this.own = own;
		for (Segment segment : own.segments()) {
			this.finished.add(segment);
			this.bytes.addAndGet(segment.bytes());
			this.nextNumber = JournalFolder.number(segment) + 1;
		}
		count(this.finished);
	}

	/**
	 * Opens the journal of this process.
	 * @param root the folder of all journals; made if it is not there
	 * @param maxBytes how many bytes may wait
	 * @return the journal, with what a former process left in its place
	 * @throws UncheckedIOException if files cannot be made or locked there
	 */
	public static FileJournal open(Path root, long maxBytes) {
		try {
			JournalFolder own = JournalFolder.own(root);
			try {
				FileJournal journal = new FileJournal(root, maxBytes, own);
				journal.adopt();
				return journal;
			}
			catch (IOException | RuntimeException ex) {
				own.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No journal can be kept in " + root, ex);
		}
	}

	private void count(Iterable<Segment> segments) throws IOException {
		for (Segment segment : segments) {
			byte[] all = Segment.read(segment.file(), 0, segment.bytes());
			this.waiting.addAndGet(Frames.read(all).entries().size());
		}
	}

	@Override
	public boolean append(byte[] entry) {
		byte[] frame = Frames.frame(entry);
		this.lock.lock();
		try {
			if (this.sealed || this.bytes.get() + frame.length > this.maxBytes) {
				return false;
			}
			writer(frame.length).write(frame);
			this.bytes.addAndGet(frame.length);
			this.waiting.incrementAndGet();
			return true;
		}
		catch (IOException ex) {
			abandon();
			throw new UncheckedIOException("The journal in " + this.own + " cannot be written", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private SegmentWriter writer(int length) throws IOException {
		SegmentWriter current = this.writer;
		if (current != null && current.bytes() > 0 && current.bytes() + length > this.segmentBytes) {
			finish(current);
			current = null;
		}
		if (current == null) {
			current = new SegmentWriter(this.own, this.own.file(this.nextNumber++));
			this.writer = current;
		}
		return current;
	}

	private void finish(SegmentWriter current) throws IOException {
		this.writer = null;
		this.finished.addLast(current.finished());
		current.close();
	}

	/** Whatever a failed write left at the end of a segment, nothing comes after it. */
	private void abandon() {
		SegmentWriter current = this.writer;
		if (current == null) {
			return;
		}
		try {
			finish(current);
		}
		catch (IOException ex) {
			log.debug("Segment could not be closed file={}", current.path(), ex);
		}
	}

	@Override
	public List<byte[]> next(int most) {
		if (!this.taken.isEmpty()) {
			return this.taken;
		}
		try {
			while (this.read.isEmpty() && readOn()) {
				// A segment may hold no entry at all.
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The journal in " + this.own + " cannot be read", ex);
		}
		List<byte[]> next = new ArrayList<>(Math.min(most, this.read.size()));
		while (next.size() < most && !this.read.isEmpty()) {
			next.add(this.read.removeFirst());
		}
		this.taken = next;
		return next;
	}

	/** Reads what comes next; says whether there was anything. */
	private boolean readOn() throws IOException {
		Segment segment = null;
		SegmentWriter written;
		long end = 0;
		this.lock.lock();
		try {
			written = this.writer;
			if (this.finished.isEmpty()) {
				end = (written != null) ? written.bytes() : 0;
			}
			else {
				segment = this.finished.getFirst();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (segment != null) {
			readToItsEnd(segment);
			return true;
		}
		if (written == null) {
			return false;
		}
		if (written != this.followed) {
			this.followed = written;
			this.position = 0;
		}
		if (end == this.position) {
			return false;
		}
		read(written.path(), this.position, end);
		this.position = end;
		return true;
	}

	private void readToItsEnd(Segment segment) throws IOException {
		boolean begun = this.followed != null && this.followed.path().equals(segment.file());
		read(segment.file(), begun ? this.position : 0, segment.bytes());
		this.followed = begun ? null : this.followed;
		this.readToTheirEnd.add(segment);
		this.lock.lock();
		try {
			this.finished.removeFirst();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void read(Path file, long from, long until) throws IOException {
		Found found = Frames.read(Segment.read(file, from, until));
		if (found.corrupt() > 0) {
			this.corrupt.addAndGet(found.corrupt());
			log.warn("Journal holds what is no entry; passed over file={} places={}", file, found.corrupt());
		}
		if (found.torn() > 0) {
			log.info("Journal ends in an entry that was not written to its end; cut off file={} bytes={}", file,
					found.torn());
		}
		this.read.addAll(found.entries());
	}

	@Override
	public void done(Runnable durably) {
		if (this.read.isEmpty() && !this.readToTheirEnd.isEmpty()) {
			durably.run();
			removeRead();
		}
		this.waiting.addAndGet(-this.taken.size());
		this.taken = List.of();
	}

	private void removeRead() {
		for (Segment segment : this.readToTheirEnd) {
			try {
				Files.deleteIfExists(segment.file());
				if (segment.folder() == this.own) {
					this.bytes.addAndGet(-segment.bytes());
				}
			}
			catch (IOException ex) {
				// It is read again by the next process, and its entries are known then.
				log.warn("Segment could not be removed file={}", segment.file(), ex);
			}
		}
		this.readToTheirEnd.clear();
		this.lock.lock();
		try {
			while (!this.adopted.isEmpty()
					&& this.finished.stream().noneMatch((left) -> left.folder() == this.adopted.getFirst())) {
				release(this.adopted.removeFirst());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void release(JournalFolder folder) {
		try {
			folder.close();
		}
		catch (IOException ex) {
			log.debug("Folder could not be released folder={}", folder, ex);
		}
	}

	@Override
	public void adopt() {
		try {
			for (JournalFolder folder : JournalFolder.leftBehind(this.root)) {
				List<Segment> segments = folder.segments();
				log.info("Journal of a process that is no more is taken over folder={} segments={}", folder,
						segments.size());
				count(segments);
				this.adopted.addLast(folder);
				addFinished(segments);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The journals in " + this.root + " cannot be read", ex);
		}
	}

	private void addFinished(List<Segment> segments) {
		this.lock.lock();
		try {
			this.finished.addAll(segments);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void seal() {
		this.lock.lock();
		try {
			this.sealed = true;
			abandon();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long waiting() {
		return this.waiting.get();
	}

	@Override
	public long bytes() {
		return this.bytes.get();
	}

	@Override
	public long maxBytes() {
		return this.maxBytes;
	}

	@Override
	public long corrupt() {
		return this.corrupt.get();
	}

	@Override
	public boolean survives() {
		return true;
	}

	@Override
	public void close() {
		seal();
		this.adopted.forEach(FileJournal::release);
		this.adopted.clear();
		release(this.own);
	}

}
