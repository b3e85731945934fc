package dev.switchboard.simulator.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The faults that await a provider's requests, in order. A fault that does not apply to a
 * request lets the next one have it. Safe for use by many threads.
 */
public final class FaultQueue {

	private final LongSupplier nanos;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private volatile boolean empty = true;

	/**
	 * An empty queue.
	 * @param nanos a clock for durations
	 */
	public FaultQueue(LongSupplier nanos) {
		this.nanos = nanos;
	}

	/**
	 * Adds faults to the end.
	 * @param faults the faults
	 */
	public synchronized void add(Fault... faults) {
		for (Fault fault : faults) {
			this.entries.add(new Entry(fault));
		}
		dropExpired();
	}

	/**
	 * Takes back all faults.
	 */
	public synchronized void clear() {
		this.entries.clear();
		this.empty = true;
	}

	/**
	 * The fault that befalls a request, if any.
	 * @param context the request
	 * @return the fault, used up by one; or null
	 */
	public @Nullable Fault take(FaultContext context) {
		return this.empty ? null : takeFirst(context);
	}

	private synchronized @Nullable Fault takeFirst(FaultContext context) {
		dropExpired();
		for (Iterator<Entry> iterator = this.entries.iterator(); iterator.hasNext();) {
			Entry entry = iterator.next();
			if (FaultPipeline.applies(entry.fault, context)) {
				entry.left--;
				if (entry.left == 0) {
					iterator.remove();
					dropExpired();
				}
				return entry.fault;
			}
		}
		return null;
	}

	private void dropExpired() {
		long now = this.nanos.getAsLong();
		while (!this.entries.isEmpty() && this.entries.getFirst().isOver(now)) {
			this.entries.removeFirst();
		}
		this.empty = this.entries.isEmpty();
	}

	private static final class Entry {

		private final Fault fault;

		private long left;

		private boolean started;

		private long start;

		private Entry(Fault fault) {
			this.fault = fault;
			this.left = fault.times();
		}

		private boolean isOver(long now) {
			if (!this.started) {
				this.started = true;
				this.start = now;
			}
			return this.fault.duration() != null && now - this.start >= this.fault.duration().toNanos();
		}

	}

}
