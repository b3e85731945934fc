package dev.switchboard.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.thread.CallThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Answers that are streamed: from memory, of an identical call in flight, or asked for.
 */
final class SharedStreams {

	private final AnswerMemory memory;

	private final Flights flights;

	private final Ticker ticker;

	/**
	 * Any number of threads: a reader may be slow, and Reactor's own for such are few and
	 * everybody's.
	 */
	private final Scheduler readers;

	/**
	 * The same threads, but never interrupted: the one that finds an answer also passes
	 * it on, and Reactor may cancel a look that has long been made.
	 */
	private final Scheduler lookers;

	SharedStreams(AnswerMemory memory, Flights flights, Ticker ticker, CallThreads kind) {
		this.memory = memory;
		this.flights = flights;
		this.ticker = ticker;
		ExecutorService threads = kind.create("switchboard-shared-stream");
		this.readers = Schedulers.fromExecutorService(threads);
		this.lookers = Schedulers.fromExecutor(threads::execute);
	}

	Flux<ChatResponse> stream(CacheRequest request, Supplier<Flux<ChatResponse>> fresh,
			Consumer<CacheOutcome> outcome) {
		if (request.control().noCache()) {
			return Flux.defer(() -> {
				outcome.accept(CacheOutcome.BYPASS);
				return request.control().noStore() ? fresh.get() : kept(request, fresh.get());
			});
		}
		Flux<ChatResponse> shared = Flux.defer(() -> shared(request, fresh, outcome));
		return request.settings().staleIfError().isZero() ? shared : orStale(shared, request, outcome);
	}

	private Flux<ChatResponse> shared(CacheRequest request, Supplier<Flux<ChatResponse>> fresh,
			Consumer<CacheOutcome> outcome) {
		Remembered remembered = this.flights.remembered(request);
		if (remembered != null) {
			return served(remembered, outcome);
		}
		Flight flight = this.flights.find(request.key());
		if (flight == null && request.control().noStore()) {
			return recalled(null, request).map((recalled) -> served(recalled, outcome))
				.defaultIfEmpty(Flux.defer(() -> {
					outcome.accept(CacheOutcome.MISS);
					return fresh.get();
				}))
				.flatMapMany((chunks) -> chunks);
		}
		if (flight == null) {
			StreamFlight own = new StreamFlight(Flights::isOwn, new Landing(request));
			flight = this.flights.start(request.key(), own);
			if (flight == null) {
				return lead(own, request, fresh, outcome);
			}
		}
		return joined(flight, request, fresh, outcome);
	}

	private static Flux<ChatResponse> served(Remembered remembered, Consumer<CacheOutcome> outcome) {
		outcome.accept(remembered.outcome());
		return remembered.toStream();
	}

	private Flux<ChatResponse> lead(StreamFlight flight, CacheRequest request, Supplier<Flux<ChatResponse>> fresh,
			Consumer<CacheOutcome> outcome) {
		outcome.accept(CacheOutcome.MISS);
		AtomicReference<@Nullable Remembered> found = new AtomicReference<>();
		return flight.lead(() -> unlessRecalled(flight, request, fresh, found))
			.onErrorResume(FlightAbandonedException.class, (ex) -> {
				Remembered recalled = this.flights.refreshed(found.get(), request);
				return (recalled != null) ? served(recalled, outcome) : shared(request, fresh, outcome);
			});
	}

	/**
	 * Asks the targets, unless there is an answer yet. Then the flight is given up: those
	 * who wait for it look for themselves, as they may want a younger one.
	 */
	private Flux<ChatResponse> unlessRecalled(StreamFlight flight, CacheRequest request,
			Supplier<Flux<ChatResponse>> fresh, AtomicReference<@Nullable Remembered> found) {
		if (!this.memory.reachesBeyond()) {
			found.set(this.flights.recalled(flight, request));
			return (found.get() != null) ? Flux.error(new FlightAbandonedException()) : fresh.get();
		}
		return recalled(flight, request).<ChatResponse>flatMapMany((recalled) -> {
			found.set(recalled);
			return Flux.error(new FlightAbandonedException());
		}).switchIfEmpty(Flux.defer(fresh));
	}

	/** The second level may hold up a thread, and this one may be an event loop's. */
	private Mono<Remembered> recalled(@Nullable Flight flight, CacheRequest request) {
		Mono<Remembered> recalled = Mono.fromCallable(() -> this.flights.recalled(flight, request));
		return this.memory.reachesBeyond() ? recalled.subscribeOn(this.lookers) : recalled;
	}

	private Flux<ChatResponse> joined(Flight flight, CacheRequest request, Supplier<Flux<ChatResponse>> fresh,
			Consumer<CacheOutcome> outcome) {
		outcome.accept(CacheOutcome.JOINED);
		long begin = this.ticker.read();
		// The thread that brings the answer belongs to another caller, and must not be
		// held up by what this one does with his chunks.
		Flux<ChatResponse> chunks = flight.chunks().publishOn(this.readers);
		if (request.patience() != null) {
			chunks = chunks.takeUntilOther(Mono.delay(request.patience())
				.then(Mono
					.error(() -> new TimeoutException("The call in flight took longer than " + request.patience()))));
		}
		return chunks.onErrorResume(FlightAbandonedException.class,
				(ex) -> shared(request.waitedFor(this.ticker.read() - begin), fresh, outcome));
	}

	private Flux<ChatResponse> kept(CacheRequest request, Flux<ChatResponse> chunks) {
		List<ChatResponse> copies = new ArrayList<>();
		return chunks.doOnNext((chunk) -> copies.add(ResponseCopies.copy(chunk)))
			.doOnComplete(() -> this.memory.keep(request, Chunks.whole(copies)));
	}

	private Flux<ChatResponse> orStale(Flux<ChatResponse> chunks, CacheRequest request,
			Consumer<CacheOutcome> outcome) {
		return Flux.defer(() -> {
			AtomicBoolean begun = new AtomicBoolean();
			return chunks.doOnNext((chunk) -> begun.setPlain(true)).onErrorResume((ex) -> {
				Remembered stale = begun.getPlain() ? null : this.memory.insteadOf(ex, request);
				return (stale != null) ? served(stale, outcome) : Flux.error(ex);
			});
		});
	}

	private final class Landing implements StreamFlight.End {

		private final CacheRequest request;

		Landing(CacheRequest request) {
			this.request = request;
		}

		@Override
		public void completed(StreamFlight flight, List<ChatResponse> chunks) {
			ChatResponse answer = null;
			try {
				answer = Chunks.whole(chunks);
			}
			finally {
				SharedStreams.this.flights.land(flight, this.request, answer);
			}
		}

		@Override
		public void ended(StreamFlight flight) {
			SharedStreams.this.flights.land(flight, this.request, null);
		}

	}

}
