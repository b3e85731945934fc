package dev.switchboard.simulator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The youngest requests, bounded in number and in bytes.
 */
final class RequestLog {

	private final int maxEntries;

	private final long maxBytes;

	private final Deque<RecordedRequest> requests = new ArrayDeque<>();

	private long bytes;

	RequestLog(int maxEntries, long maxBytes) {
		this.maxEntries = maxEntries;
		this.maxBytes = maxBytes;
	}

	synchronized void add(RecordedRequest request) {
		this.requests.addLast(request);
		this.bytes += request.size();
		while (this.requests.size() > this.maxEntries || (this.bytes > this.maxBytes && this.requests.size() > 1)) {
			this.bytes -= this.requests.removeFirst().size();
		}
	}

	synchronized List<RecordedRequest> requests(Predicate<RecordedRequest> wanted) {
		return this.requests.stream().filter(wanted).sorted(Comparator.comparingLong(RecordedRequest::number)).toList();
	}

	synchronized void forget(String provider) {
		this.requests.removeIf((request) -> request.provider().equals(provider));
		this.bytes = this.requests.stream().mapToLong(RecordedRequest::size).sum();
	}

}
