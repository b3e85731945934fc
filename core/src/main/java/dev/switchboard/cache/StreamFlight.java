package dev.switchboard.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * A call whose answer is streamed, to any number of readers at once. Each reads from the
 * beginning and at his own pace; the targets are asked for as much as the quickest wants.
 * Whoever leaves leaves alone, and with the last one the call ends.
 */
final class StreamFlight implements Flight {

	private final End end;

	private final Predicate<Throwable> leaving;

	private final Upstream upstream = new Upstream();

	// How many chunks the readers want, and for how many of them the targets were asked.
	private final AtomicLong wanted = new AtomicLong();

	private final AtomicLong requested = new AtomicLong();

	// Written by the upstream alone; a chunk is there for readers who have seen the count
	// that includes it.
	private ChatResponse[] chunks = new ChatResponse[16];

	private volatile int count;

	private @Nullable Throwable failure;

	private volatile boolean done;

	private volatile Reader[] readers = {};

	private boolean abandoned;

	/**
	 * A call about to begin.
	 * @param leaving tells failures that are the leader's own from those of the targets
	 * @param end hears of the end
	 */
	StreamFlight(Predicate<Throwable> leaving, End end) {
		this.leaving = leaving;
		this.end = end;
	}

	/**
	 * The answer for whoever began the call; it begins when this is subscribed to.
	 * @param fresh asks the targets
	 * @return the chunks
	 */
	Flux<ChatResponse> lead(Supplier<Flux<ChatResponse>> fresh) {
		return new Readers(fresh);
	}

	@Override
	public Flux<ChatResponse> chunks() {
		return new Readers(null);
	}

	@Override
	public ChatResponse await(@Nullable Duration patience) throws InterruptedException, TimeoutException {
		CompletableFuture<List<ChatResponse>> all = new Readers(null).collectList().toFuture();
		try {
			ChatResponse answer = Chunks.join(CallFlight.await(all, patience));
			if (answer == null) {
				throw new FlightAbandonedException();
			}
			return answer;
		}
		catch (RuntimeException ex) {
			throw this.leaving.test(ex) ? new FlightAbandonedException() : ex;
		}
		finally {
			all.cancel(true);
		}
	}

	private synchronized boolean admit(Reader reader) {
		if (this.abandoned || this.done) {
			return false;
		}
		Reader[] more = Arrays.copyOf(this.readers, this.readers.length + 1);
		more[more.length - 1] = reader;
		this.readers = more;
		return true;
	}

	private void leave(Reader leaver) {
		synchronized (this) {
			this.readers = Arrays.stream(this.readers).filter((reader) -> reader != leaver).toArray(Reader[]::new);
			if (this.readers.length > 0 || this.done || this.abandoned) {
				return;
			}
			this.abandoned = true;
		}
		this.end.ended(this);
		this.upstream.cancel();
	}

	private void want(long chunks) {
		this.wanted.accumulateAndGet(chunks, Math::max);
		this.upstream.pull();
	}

	private void append(ChatResponse chunk) {
		int position = this.count;
		if (position == this.chunks.length) {
			this.chunks = Arrays.copyOf(this.chunks, 2 * position);
		}
		this.chunks[position] = chunk;
		this.count = position + 1;
		drain();
	}

	private void finish(@Nullable Throwable reason) {
		this.failure = reason;
		try {
			if (reason != null) {
				this.end.ended(this);
			}
			else {
				this.end.completed(this, Arrays.asList(this.chunks).subList(0, this.count));
			}
		}
		finally {
			synchronized (this) {
				this.done = true;
			}
			drain();
		}
	}

	// The leader comes last: he may be slow, whereas the others are served elsewhere.
	private void drain() {
		Reader[] all = this.readers;
		for (int i = all.length - 1; i >= 0; i--) {
			all[i].drain();
		}
	}

	/**
	 * Hears of the end of a call before its readers do, with its chunks or without an
	 * answer.
	 */
	interface End {

		void completed(StreamFlight flight, List<ChatResponse> chunks);

		void ended(StreamFlight flight);

	}

	private final class Readers extends Flux<ChatResponse> {

		private final @Nullable Supplier<Flux<ChatResponse>> fresh;

		Readers(@Nullable Supplier<Flux<ChatResponse>> fresh) {
			this.fresh = fresh;
		}

		@Override
		public void subscribe(CoreSubscriber<? super ChatResponse> actual) {
			Reader reader = new Reader(actual, this.fresh != null);
			if (!admit(reader)) {
				Operators.error(actual, new FlightAbandonedException());
				return;
			}
			actual.onSubscribe(reader);
			if (this.fresh != null) {
				StreamFlight.this.upstream.connect(this.fresh, actual.currentContext());
			}
		}

	}

	private final class Reader implements Subscription {

		private final CoreSubscriber<? super ChatResponse> actual;

		private final boolean leader;

		private final AtomicLong wanted = new AtomicLong();

		private final AtomicInteger draining = new AtomicInteger();

		private int read;

		private boolean ended;

		private volatile boolean left;

		Reader(CoreSubscriber<? super ChatResponse> actual, boolean leader) {
			this.actual = actual;
			this.leader = leader;
		}

		@Override
		public void request(long n) {
			if (Operators.validate(n) && !this.left) {
				want(this.wanted.accumulateAndGet(n, Operators::addCap));
				drain();
			}
		}

		@Override
		public void cancel() {
			this.left = true;
			leave(this);
		}

		void drain() {
			if (this.draining.getAndIncrement() != 0) {
				return;
			}
			int missed = 1;
			while (missed != 0) {
				serve();
				missed = this.draining.addAndGet(-missed);
			}
		}

		private void serve() {
			while (!this.left && !this.ended) {
				boolean last = StreamFlight.this.done;
				if (this.read < StreamFlight.this.count) {
					if (this.read >= this.wanted.get()) {
						return;
					}
					this.actual.onNext(ResponseCopies.copy(StreamFlight.this.chunks[this.read++]));
				}
				else if (last) {
					end();
				}
				else {
					return;
				}
			}
		}

		private void end() {
			this.ended = true;
			Throwable reason = StreamFlight.this.failure;
			if (reason == null) {
				this.actual.onComplete();
			}
			else if (!this.leader && this.read == 0 && StreamFlight.this.leaving.test(reason)) {
				this.actual.onError(new FlightAbandonedException());
			}
			else {
				this.actual.onError(reason);
			}
		}

	}

	private final class Upstream implements CoreSubscriber<ChatResponse> {

		private static final AtomicReferenceFieldUpdater<Upstream, Subscription> SUBSCRIPTION = AtomicReferenceFieldUpdater
			.newUpdater(Upstream.class, Subscription.class, "subscription");

		private volatile @Nullable Subscription subscription;

		private volatile Context context = Context.empty();

		void connect(Supplier<Flux<ChatResponse>> fresh, Context leader) {
			if (this.subscription == Operators.cancelledSubscription()) {
				return;
			}
			this.context = leader;
			Flux<ChatResponse> source;
			try {
				source = fresh.get();
			}
			catch (Throwable ex) {
				Exceptions.throwIfFatal(ex);
				finish(ex);
				return;
			}
			source.subscribe(this);
		}

		void cancel() {
			Operators.terminate(SUBSCRIPTION, this);
		}

		void pull() {
			Subscription source = this.subscription;
			while (source != null) {
				long want = StreamFlight.this.wanted.get();
				long had = StreamFlight.this.requested.get();
				if (want <= had) {
					return;
				}
				if (StreamFlight.this.requested.compareAndSet(had, want)) {
					source.request((want == Long.MAX_VALUE) ? want : want - had);
					return;
				}
			}
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		public void onSubscribe(Subscription source) {
			if (Operators.setOnce(SUBSCRIPTION, this, source)) {
				pull();
			}
		}

		@Override
		public void onNext(ChatResponse chunk) {
			ChatResponse copy;
			try {
				copy = ResponseCopies.copy(chunk);
			}
			catch (RuntimeException ex) {
				cancel();
				finish(ex);
				return;
			}
			append(copy);
		}

		@Override
		public void onError(Throwable failure) {
			finish(failure);
		}

		@Override
		public void onComplete() {
			finish(null);
		}

	}

}
