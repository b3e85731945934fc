package dev.switchboard.store.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A journal that ends with its process, for a database that does so as well.
 */
public final class MemoryJournal implements Journal {

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<byte[]> entries = new ArrayDeque<>();

	private final long maxBytes;

	private long bytes;

	private int taken;

	private boolean sealed;

	/**
	 * An empty journal.
	 * @param maxBytes how many bytes may wait
	 */
	public MemoryJournal(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	@Override
	public boolean append(byte[] entry) {
		Frames.check(entry);
		this.lock.lock();
		try {
			if (this.sealed || this.bytes + entry.length > this.maxBytes) {
				return false;
			}
			this.entries.addLast(entry);
			this.bytes += entry.length;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<byte[]> next(int most) {
		this.lock.lock();
		try {
			this.taken = (this.taken > 0) ? this.taken : Math.min(most, this.entries.size());
			List<byte[]> next = new ArrayList<>(this.taken);
			for (byte[] entry : this.entries) {
				if (next.size() == this.taken) {
					break;
				}
				next.add(entry);
			}
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void done(Runnable durably) {
		this.lock.lock();
		try {
			for (; this.taken > 0; this.taken--) {
				this.bytes -= this.entries.removeFirst().length;
			}
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
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long waiting() {
		this.lock.lock();
		try {
			return this.entries.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long bytes() {
		this.lock.lock();
		try {
			return this.bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long maxBytes() {
		return this.maxBytes;
	}

	@Override
	public boolean survives() {
		return false;
	}

	@Override
	public void close() {
		seal();
	}

}
