package dev.switchboard.cache;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.RouteName;
import dev.switchboard.thread.CallThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Remembers answers, and lets identical calls in flight share one. Bounded by the bytes
 * that the answers take; safe for use by many threads; never asks a target, or a second
 * level, while it holds a lock.
 * <p>
 * An answer given once may serve a call and a stream. Kept are only whole answers: no
 * failure, no refusal, nothing cut off, filtered or empty, no request for tools.
 */
public final class ResponseCache {

	private static final Logger logger = LoggerFactory.getLogger(ResponseCache.class);

	private final RequestDigest digest = new RequestDigest();

	private final AnswerMemory memory;

	private final Flights flights;

	private final SharedCalls calls;

	private final SharedStreams streams;

	private ResponseCache(Builder builder) {
		this.memory = new AnswerMemory(builder.maximumBytes, builder.ticker, builder.secondLevel,
				builder.refreshExecutor != null);
		this.flights = new Flights(this.memory, builder.refreshExecutor);
		this.calls = new SharedCalls(this.memory, this.flights, builder.ticker);
		this.streams = new SharedStreams(this.memory, this.flights, builder.ticker, builder.threads);
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
		return this.calls.call(request, fresh);
	}

	/**
	 * As {@link #call}, for an answer that is streamed.
	 * @param request what is asked of the cache
	 * @param fresh asks the targets; called at most once per subscription
	 * @param outcome told what the cache had to do with it, before the first chunk; told
	 * again before it if that turns out otherwise, as when a failure is made good by an
	 * answer after its time
	 * @return the answer, in chunks; fails with a {@link TimeoutException} if the
	 * request's patience ends while it waits for another call
	 */
	public Flux<ChatResponse> stream(CacheRequest request, Supplier<Flux<ChatResponse>> fresh,
			Consumer<CacheOutcome> outcome) {
		return this.streams.stream(request, fresh, outcome);
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
	 * Forgets the answers of one route, and those now in flight. With a second level this
	 * takes as long as that takes; other nodes keep what they have in their own memory.
	 * @param route the route
	 */
	public void clear(RouteName route) {
		this.flights.clear(route);
	}

	/**
	 * Forgets all answers, and those now in flight. With a second level this takes as
	 * long as that takes; other nodes keep what they have in their own memory.
	 */
	public void clear() {
		this.flights.clear();
	}

	/**
	 * Builds a cache.
	 */
	public static final class Builder {

		private long maximumBytes = 64L << 20;

		private Ticker ticker = Ticker.systemTicker();

		private CallThreads threads = CallThreads.VIRTUAL;

		private @Nullable Executor refreshExecutor;

		private @Nullable SecondLevel secondLevel;

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
		 * The kind of threads that read streams.
		 * @param threads the kind; {@link CallThreads#VIRTUAL} unless told otherwise
		 * @return this
		 */
		public Builder threads(CallThreads threads) {
			this.threads = threads;
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
		 * Where to look for answers that this process does not have.
		 * @param level the second level; {@code null} for none
		 * @return this
		 */
		public Builder secondLevel(@Nullable SecondLevel level) {
			this.secondLevel = level;
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

}
