package dev.switchboard.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallCancelledException;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.cost.ModelId;
import dev.switchboard.provider.StreamThreads;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Remembers answers, and lets identical calls in flight share one. Bounded by the bytes
 * that the answers take; safe for use by many threads; never asks a target while it holds
 * a lock.
 * <p>
 * An answer given once may serve a call and a stream. Kept are only whole answers: no
 * failure, no refusal, nothing cut off, filtered or empty, no request for tools.
 */
public final class ResponseCache {

	private static final Logger logger = LoggerFactory.getLogger(ResponseCache.class);

	private final RequestDigest digest = new RequestDigest();

	private final ConcurrentMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();

	private final AnswerMemory memory;

	private final Ticker ticker;

	/**
	 * Any number of threads: a reader may be slow, and Reactor's own for such are few and
	 * everybody's.
	 */
	private final Scheduler readers = Schedulers.fromExecutorService(StreamThreads.create());

	private final @Nullable Executor refreshExecutor;

	private ResponseCache(Builder builder) {
		this.ticker = builder.ticker;
		this.refreshExecutor = builder.refreshExecutor;
		this.memory = new AnswerMemory(builder.maximumBytes, builder.ticker);
	}

	/**
	 * Starts a new cache.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The key of a request.
	 * @param route the route that is asked; one that caches
	 * @param context who asks, and how
	 * @param prompt what is asked
	 * @return the key; {@code null} if the request holds something that nothing tells
	 * from others of its kind, such as an input stream, so that no answer can be
	 * remembered
	 * @throws IllegalArgumentException if the route does not cache
	 */
	public @Nullable CacheKey key(ModelRoute route, CallContext context, Prompt prompt) {
		CacheSettings settings = route.cache();
		if (settings == null) {
			throw new IllegalArgumentException("Route '" + route.name() + "' does not cache");
		}
		try {
			return this.digest.key(route, settings, context, prompt);
		}
		catch (IndistinctValueException ex) {
			logger.debug("Request not cacheable route={} valueOf={}", route.name(), ex.type().getName());
			return null;
		}
	}

	/**
	 * Answers from memory, or with the answer of an identical call in flight, or asks.
	 * @param request what is asked of the cache
	 * @param fresh asks the targets; called on this thread, and not at all if there is
	 * another way
	 * @return the answer
	 * @throws InterruptedException if the thread is interrupted while it waits for
	 * another call; what {@code fresh} does then is its own matter
	 * @throws TimeoutException if the request's patience ends while it waits for another
	 * call
	 */
	public CachedCall call(CacheRequest request, Supplier<ChatResponse> fresh)
			throws InterruptedException, TimeoutException {
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
		Remembered remembered = remembered(request);
		if (remembered != null) {
			return remembered.toCall();
		}
		Flight flight = this.flights.get(request.key());
		if (flight == null && request.control().noStore()) {
			return new CachedCall(fresh.get(), CacheOutcome.MISS);
		}
		if (flight == null) {
			CallFlight own = new CallFlight();
			flight = this.flights.putIfAbsent(request.key(), own);
			if (flight == null) {
				return lead(own, request, fresh);
			}
		}
		return new CachedCall(flight.await(request.patience()), CacheOutcome.JOINED);
	}

	private CachedCall lead(CallFlight flight, CacheRequest request, Supplier<ChatResponse> fresh) {
		try {
			// Another call may have ended between the look into the cache and this start.
			Remembered remembered = remembered(request);
			if (remembered != null) {
				land(flight, request, null);
				flight.answered(remembered.answer());
				return remembered.toCall();
			}
			ChatResponse answer = fresh.get();
			ChatResponse copy = ResponseCopies.copy(answer);
			land(flight, request, copy);
			flight.answered(copy);
			return new CachedCall(answer, CacheOutcome.MISS);
		}
		catch (Throwable ex) {
			land(flight, request, null);
			boolean own = Thread.currentThread().isInterrupted() || isOwn(ex);
			flight.failed(own ? new FlightAbandonedException() : ex);
			throw ex;
		}
	}

	/**
	 * As {@link #call}, for an answer that is streamed.
	 * @param request what is asked of the cache
	 * @param fresh asks the targets; called at most once per subscription
	 * @param outcome told what the cache had to do with it, before the first chunk; told
	 * again when a failure before the first chunk is made good by an answer after its
	 * time
	 * @return the answer, in chunks; fails with a {@link TimeoutException} if the
	 * request's patience ends while it waits for another call
	 */
	public Flux<ChatResponse> stream(CacheRequest request, Supplier<Flux<ChatResponse>> fresh,
			Consumer<CacheOutcome> outcome) {
		if (request.control().noCache()) {
			return Flux.defer(() -> {
				outcome.accept(CacheOutcome.BYPASS);
				return request.control().noStore() ? fresh.get() : kept(request, fresh.get());
			});
		}
		Flux<ChatResponse> shared = Flux.defer(() -> sharedStream(request, fresh, outcome));
		return request.settings().staleIfError().isZero() ? shared : orStale(shared, request, outcome);
	}

	private Flux<ChatResponse> sharedStream(CacheRequest request, Supplier<Flux<ChatResponse>> fresh,
			Consumer<CacheOutcome> outcome) {
		Remembered remembered = remembered(request);
		if (remembered != null) {
			outcome.accept(remembered.outcome());
			return remembered.toStream();
		}
		Flight flight = this.flights.get(request.key());
		if (flight == null && request.control().noStore()) {
			outcome.accept(CacheOutcome.MISS);
			return fresh.get();
		}
		if (flight != null) {
			return joined(flight, request, fresh, outcome);
		}
		StreamFlight own = new StreamFlight(ResponseCache::isOwn, new Landing(request));
		flight = this.flights.putIfAbsent(request.key(), own);
		if (flight != null) {
			return joined(flight, request, fresh, outcome);
		}
		// Another call may have ended between the look into the cache and this start.
		remembered = remembered(request);
		if (remembered != null) {
			own.giveUp();
			outcome.accept(remembered.outcome());
			return remembered.toStream();
		}
		outcome.accept(CacheOutcome.MISS);
		return own.lead(fresh)
			.onErrorResume(FlightAbandonedException.class, (ex) -> sharedStream(request, fresh, outcome));
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
				(ex) -> sharedStream(request.waitedFor(this.ticker.read() - begin), fresh, outcome));
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
				if (stale == null) {
					return Flux.error(ex);
				}
				outcome.accept(CacheOutcome.STALE);
				return stale.toStream();
			});
		});
	}

	private @Nullable Remembered remembered(CacheRequest request) {
		Executor refreshes = this.refreshExecutor;
		Remembered remembered = this.memory.find(request, refreshes != null);
		if (remembered != null && remembered.outcome() == CacheOutcome.STALE && refreshes != null) {
			refresh(request, refreshes);
		}
		return remembered;
	}

	private void refresh(CacheRequest request, Executor executor) {
		CallFlight flight = new CallFlight();
		if (this.flights.putIfAbsent(request.key(), flight) != null) {
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

	// In one step, so that what was cleared in the meantime is not stored, and so that
	// nobody finds neither the call in flight nor its answer.
	private void land(Flight flight, CacheRequest request, @Nullable ChatResponse answer) {
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

	// A leader's interrupt, deadline, budget or limit says nothing of what the targets
	// would answer others.
	private static boolean isOwn(Throwable failure) {
		if (failure instanceof RouteCallException call) {
			return failure instanceof CallCancelledException || call.record()
				.outcome()
				.<Boolean>match(() -> false, (failed) -> false, CallOutcome.Exhausted::deadlinePassed, () -> true,
						(overBudget) -> true, (overLimit) -> true);
		}
		return failure instanceof FlightAbandonedException;
	}

	/**
	 * Who gave a remembered answer, told by any of its chunks.
	 * @param chunk a chunk of an answer from memory
	 * @return the target; {@code null} if the chunk does not tell it
	 */
	public static @Nullable ModelId answeredBy(ChatResponse chunk) {
		CallRecord call = CallRecord.of(chunk);
		if (call != null) {
			return call.answeredBy();
		}
		return (chunk.getMetadata().get(Chunks.ANSWERED_BY) instanceof ModelId target) ? target : null;
	}

	/**
	 * How many answers are remembered.
	 * @return the number
	 */
	public long entries() {
		return this.memory.entries();
	}

	/**
	 * What the remembered answers take.
	 * @return the size in bytes, an estimate that is rather too large
	 */
	public long bytes() {
		return this.memory.bytes();
	}

	/**
	 * Forgets the answers of one route, and those now in flight.
	 * @param route the route
	 */
	public void clear(RouteName route) {
		this.flights.keySet().removeIf((key) -> key.route().equals(route));
		this.memory.clear(route);
	}

	/**
	 * Forgets all answers, and those now in flight.
	 */
	public void clear() {
		this.flights.clear();
		this.memory.clear();
	}

	/**
	 * Builds a cache.
	 */
	public static final class Builder {

		private long maximumBytes = 64L << 20;

		private Ticker ticker = Ticker.systemTicker();

		private @Nullable Executor refreshExecutor;

		private Builder() {
		}

		/**
		 * The bytes that all answers together may take.
		 * @param bytes the bytes, 0 or more; 64 MB unless told otherwise
		 * @return this
		 */
		public Builder maximumBytes(long bytes) {
			if (bytes < 0) {
				throw new IllegalArgumentException(
						"The cache's maximum of bytes must not be negative, but was " + bytes);
			}
			this.maximumBytes = bytes;
			return this;
		}

		/**
		 * What the age of answers is measured by.
		 * @param ticker a source of nanoseconds; the system's unless told otherwise
		 * @return this
		 */
		public Builder ticker(Ticker ticker) {
			this.ticker = ticker;
			return this;
		}

		/**
		 * Runs the refreshes behind answers that are given after their time. They block
		 * for as long as a call takes.
		 * @param executor the executor; without one no answer is given after its time
		 * while it is refreshed
		 * @return this
		 */
		public Builder refreshExecutor(Executor executor) {
			this.refreshExecutor = executor;
			return this;
		}

		/**
		 * The cache.
		 * @return a new cache
		 */
		public ResponseCache build() {
			return new ResponseCache(this);
		}

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
				land(flight, this.request, answer);
			}
		}

		@Override
		public void ended(StreamFlight flight) {
			land(flight, this.request, null);
		}

	}

}
