package dev.switchboard.engine;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Ends a stream that has been silent for too long. One alarm serves the whole stream:
 * when it rings early, as there was a chunk meanwhile, it is set again for the rest of
 * the time.
 */
final class StreamWatch<T> extends FluxOperator<T, T> {

	private final Alarms alarms;

	private final Patience patience;

	StreamWatch(Flux<? extends T> source, Alarms alarms, Patience patience) {
		super(source);
		this.alarms = alarms;
		this.patience = patience;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new Watcher<>(actual, this.alarms, this.patience));
	}

	/** How much longer a stream may be silent. */
	interface Patience {

		/**
		 * The time left.
		 * @param awaited whether the reader waits for a chunk; the silence of a stream
		 * that nobody reads from is not its own
		 * @return the nanoseconds left; zero or less once it has lasted too long
		 */
		long nanosLeft(boolean awaited);

		/** The reader, who had enough for a while, waits again. */
		void awaitedAgain();

	}

	/** The stream was silent for too long. */
	static final class SilentStream extends RuntimeException {

		SilentStream() {
			super("The stream fell silent", null, false, false);
		}

	}

	private static final class Watcher<T> implements CoreSubscriber<T>, Subscription {

		@SuppressWarnings("rawtypes")
		private static final AtomicLongFieldUpdater<Watcher> DEMAND = AtomicLongFieldUpdater.newUpdater(Watcher.class,
				"demand");

		private static final int IDLE = 0;

		private static final int PASSING_ON = 1;

		private static final int RANG_MEANWHILE = 2;

		private static final int OVER = 3;

		private final CoreSubscriber<? super T> actual;

		private final Alarms alarms;

		private final Patience patience;

		private volatile long demand;

		// Signals must not overlap, and the alarm rings on a thread of its own.
		private final AtomicInteger state = new AtomicInteger(IDLE);

		private @Nullable Subscription upstream;

		private volatile @Nullable Future<?> alarm;

		Watcher(CoreSubscriber<? super T> actual, Alarms alarms, Patience patience) {
			this.actual = actual;
			this.alarms = alarms;
			this.patience = patience;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			if (Operators.validate(this.upstream, subscription)) {
				this.upstream = subscription;
				this.alarm = this.alarms.in(this.patience.nanosLeft(true), this::ring);
				this.actual.onSubscribe(this);
			}
		}

		@Override
		public void onNext(T chunk) {
			if (!this.state.compareAndSet(IDLE, PASSING_ON)) {
				Operators.onDiscard(chunk, currentContext());
				return;
			}
			Operators.produced(DEMAND, this, 1);
			this.actual.onNext(chunk);
			if (!this.state.compareAndSet(PASSING_ON, IDLE) && this.state.compareAndSet(RANG_MEANWHILE, OVER)) {
				this.actual.onError(new SilentStream());
			}
		}

		@Override
		public void onError(Throwable error) {
			// What fails after the end is what the end itself broke off.
			if (end()) {
				this.actual.onError(error);
			}
		}

		@Override
		public void onComplete() {
			if (end()) {
				this.actual.onComplete();
			}
		}

		@Override
		public void request(long n) {
			if (Operators.addCap(DEMAND, this, n) == 0) {
				this.patience.awaitedAgain();
			}
			Subscription subscription = this.upstream;
			if (subscription != null) {
				subscription.request(n);
			}
		}

		@Override
		public void cancel() {
			end();
			cancelUpstream();
		}

		private boolean end() {
			int before = this.state.getAndSet(OVER);
			Future<?> pending = this.alarm;
			if (pending != null) {
				pending.cancel(false);
			}
			return before != OVER;
		}

		private void ring() {
			long left = this.patience.nanosLeft(this.demand > 0);
			if (left > 0) {
				this.alarm = this.alarms.in(left, this::ring);
				if (this.state.get() == OVER) {
					end();
				}
				return;
			}
			if (this.state.compareAndSet(IDLE, OVER)) {
				cancelUpstream();
				this.actual.onError(new SilentStream());
			}
			else if (this.state.compareAndSet(PASSING_ON, RANG_MEANWHILE)) {
				cancelUpstream();
			}
			else if (this.state.get() == IDLE) {
				ring();
			}
		}

		private void cancelUpstream() {
			Subscription subscription = this.upstream;
			if (subscription != null) {
				subscription.cancel();
			}
		}

	}

}
