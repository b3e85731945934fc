package dev.switchboard.cache;

import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.call.CacheOutcome;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Answers in one piece: from memory, of an identical call in flight, or asked for.
 */
final class SharedCalls {

	private final AnswerMemory memory;

	private final Flights flights;

	private final Ticker ticker;

	SharedCalls(AnswerMemory memory, Flights flights, Ticker ticker) {
		this.memory = memory;
		this.flights = flights;
		this.ticker = ticker;
	}

	CachedCall call(CacheRequest request, Supplier<ChatResponse> fresh) throws InterruptedException, TimeoutException {
		if (request.control().noCache()) {
			ChatResponse answer = fresh.get();
			if (!request.control().noStore()) {
				this.memory.keep(request, ResponseCopies.copy(answer));
			}
			return new CachedCall(answer, CacheOutcome.BYPASS);
		}
		long begin = this.ticker.read();
		CacheRequest current = request;
		try {
			while (true) {
				try {
					return shared(current, fresh);
				}
				catch (FlightAbandonedException ex) {
					// Somebody has to ask, and it may be this call.
					current = request.waitedFor(this.ticker.read() - begin);
				}
			}
		}
		catch (RuntimeException ex) {
			Remembered stale = this.memory.insteadOf(ex, request);
			if (stale == null) {
				throw ex;
			}
			return stale.toCall();
		}
	}

	private CachedCall shared(CacheRequest request, Supplier<ChatResponse> fresh)
			throws InterruptedException, TimeoutException {
		Remembered remembered = this.flights.remembered(request);
		if (remembered != null) {
			return remembered.toCall();
		}
		Flight flight = this.flights.find(request.key());
		if (flight == null && request.control().noStore()) {
			Remembered recalled = this.flights.recalled(null, request);
			return (recalled != null) ? recalled.toCall() : new CachedCall(fresh.get(), CacheOutcome.MISS);
		}
		if (flight == null) {
			CallFlight own = new CallFlight();
			flight = this.flights.start(request.key(), own);
			if (flight == null) {
				return lead(own, request, fresh);
			}
		}
		return new CachedCall(flight.await(request.patience()), CacheOutcome.JOINED);
	}

	private CachedCall lead(CallFlight flight, CacheRequest request, Supplier<ChatResponse> fresh) {
		try {
			Remembered recalled = this.flights.recalled(flight, request);
			if (recalled != null) {
				this.flights.land(flight, request, null);
				// Those who wait look for themselves: they may want a younger one.
				flight.failed(new FlightAbandonedException());
				this.flights.refreshed(recalled, request);
				return recalled.toCall();
			}
			ChatResponse answer = fresh.get();
			ChatResponse copy = ResponseCopies.copy(answer);
			this.flights.land(flight, request, copy);
			flight.answered(copy);
			return new CachedCall(answer, CacheOutcome.MISS);
		}
		catch (Throwable ex) {
			this.flights.land(flight, request, null);
			boolean own = Thread.currentThread().isInterrupted() || Flights.isOwn(ex);
			flight.failed(own ? new FlightAbandonedException() : ex);
			throw ex;
		}
	}

}
