package dev.switchboard.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallCancelledException;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * The calls in flight, and how they end in the memory: at every instant a request finds
 * the answer, or the call that brings it, or that it has to ask.
 */
final class Flights {

	private static final Logger logger = LoggerFactory.getLogger(Flights.class);

	private final ConcurrentMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();

	private final AnswerMemory memory;

	private final @Nullable Executor refreshExecutor;

	Flights(AnswerMemory memory, @Nullable Executor refreshExecutor) {
		this.memory = memory;
		this.refreshExecutor = refreshExecutor;
	}

	/** What this process remembers; refreshed behind the caller if its time is over. */
	@Nullable Remembered remembered(CacheRequest request) {
		return refreshed(this.memory.find(request), request);
	}

	/**
	 * What the caller is given, who need not wait until it is refreshed if its time is
	 * over.
	 */
	@Nullable Remembered refreshed(@Nullable Remembered remembered, CacheRequest request) {
		Executor executor = this.refreshExecutor;
		if (remembered != null && remembered.outcome() == CacheOutcome.STALE && executor != null) {
			refresh(request, executor);
		}
		return remembered;
	}

	@Nullable Flight find(CacheKey key) {
		return this.flights.get(key);
	}

	/**
	 * Starts a flight.
	 * @param key stands for the request
	 * @param own the flight
	 * @return {@code null} if it has started; otherwise the one that is under way
	 */
	@Nullable Flight start(CacheKey key, Flight own) {
		return this.flights.putIfAbsent(key, own);
	}

	/**
	 * What there is for a call in flight before it asks: what another call has left
	 * between the look into the memory and this start, or what the second level has.
	 * @param flight the call; {@code null} if it is not to be shared
	 * @param request what it is about
	 * @return the answer; {@code null} if the targets are to be asked
	 */
	@Nullable Remembered recalled(@Nullable Flight flight, CacheRequest request) {
		Remembered near = this.memory.find(request);
		if (!this.memory.reachesBeyond() || (near != null && near.outcome() == CacheOutcome.HIT)) {
			return near;
		}
		StoredAnswer stored = this.memory.beyond(request);
		if (stored == null) {
			return near;
		}
		// Also if it is too old for this request: it may be better than none at all. Not
		// if it was cleared in the meantime.
		this.flights.computeIfPresent(request.key(), (key, current) -> {
			if (current == flight) {
				this.memory.fill(key, stored);
			}
			return current;
		});
		Remembered far = this.memory.serving(stored, request);
		return (near == null || (far != null && far.outcome() == CacheOutcome.HIT)) ? far : near;
	}

	// In one step, so that what was cleared in the meantime is not stored, and so that
	// nobody finds neither the call in flight nor its answer.
	void land(Flight flight, CacheRequest request, @Nullable ChatResponse answer) {
		try {
			this.flights.computeIfPresent(request.key(), (key, current) -> {
				if (current == flight) {
					this.memory.keep(request, answer);
				}
				return (current != flight) ? current : null;
			});
		}
		finally {
			this.flights.remove(request.key(), flight);
		}
	}

	private void refresh(CacheRequest request, Executor executor) {
		CallFlight flight = new CallFlight();
		if (start(request.key(), flight) != null) {
			return;
		}
		try {
			executor.execute(() -> refresh(flight, request));
		}
		catch (RejectedExecutionException ex) {
			land(flight, request, null);
			flight.failed(new FlightAbandonedException());
			logger.debug("Refresh refused route={}", request.key().route());
		}
	}

	private void refresh(CallFlight flight, CacheRequest request) {
		try {
			Remembered recalled = recalled(flight, request);
			if (recalled != null && recalled.outcome() == CacheOutcome.HIT) {
				// Another node was quicker.
				land(flight, request, null);
				flight.failed(new FlightAbandonedException());
				return;
			}
			ChatResponse answer = ResponseCopies.copy(request.refresh().get());
			land(flight, request, answer);
			flight.answered(answer);
		}
		catch (Exception ex) {
			land(flight, request, null);
			flight.failed(isOwn(ex) ? new FlightAbandonedException() : ex);
			logger.debug("Refresh failed route={} error={}", request.key().route(), ex.getClass().getName());
		}
	}

	// A leader's interrupt, deadline, budget or limit says nothing of what the targets
	// would answer others.
	static boolean isOwn(Throwable failure) {
		if (failure instanceof RouteCallException call) {
			return failure instanceof CallCancelledException || call.record()
				.outcome()
				.<Boolean>match(() -> false, (failed) -> false, CallOutcome.Exhausted::deadlinePassed, () -> true,
						(overBudget) -> true, (overLimit) -> true);
		}
		return failure instanceof FlightAbandonedException;
	}

	void clear(RouteName route) {
		this.flights.keySet().removeIf((key) -> key.route().equals(route));
		this.memory.clear(route);
	}

	void clear() {
		this.flights.clear();
		this.memory.clear();
	}

}
