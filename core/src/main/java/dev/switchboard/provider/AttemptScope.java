package dev.switchboard.provider;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * The time during which a thread is inside an attempt. Whatever request the thread sends
 * while a scope is open on it ends when that scope is cancelled, be it before, while or
 * after the request is made: <pre>
 * try (AttemptScope scope = AttemptScope.open()) {
 *   timer.schedule(scope::cancel, ...);
 *   return model.call(prompt);
 * }
 * </pre> Opening and closing belong to one thread; scopes nest, the innermost one counts.
 * {@link #cancel()} may be called by any thread, any number of times.
 */
public final class AttemptScope implements AutoCloseable {

	private static final ThreadLocal<@Nullable AttemptScope> CURRENT = new ThreadLocal<>();

	private static final VarHandle ABORT;

	private static final VarHandle RELEASE;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			ABORT = lookup.findVarHandle(AttemptScope.class, "abort", Runnable.class);
			RELEASE = lookup.findVarHandle(AttemptScope.class, "release", Runnable.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final @Nullable AttemptScope outer;

	/** What ends the request in flight, or how the scope has ended. */
	@SuppressWarnings("UnusedVariable")
	private volatile @Nullable Runnable abort;

	/** What lets go of whatever the request holds. */
	@SuppressWarnings("UnusedVariable")
	private volatile @Nullable Runnable release;

	private AttemptScope(@Nullable AttemptScope outer) {
		this.outer = outer;
	}

	/**
	 * Opens a scope on the calling thread.
	 * @return the scope, to be closed by the same thread
	 */
	public static AttemptScope open() {
		AttemptScope scope = new AttemptScope(CURRENT.get());
		CURRENT.set(scope);
		return scope;
	}

	/**
	 * A scope that no thread is in yet.
	 * @return the scope
	 */
	public static AttemptScope detached() {
		return new AttemptScope(null);
	}

	/**
	 * The scope that the calling thread is in.
	 * @return the innermost scope; {@code null} if there is none
	 */
	static @Nullable AttemptScope current() {
		return CURRENT.get();
	}

	/**
	 * Runs something inside this scope, on the calling thread.
	 * @param action what to run
	 */
	public void run(Runnable action) {
		AttemptScope before = CURRENT.get();
		CURRENT.set(this);
		try {
			action.run();
		}
		finally {
			CURRENT.set(before);
		}
	}

	/**
	 * Says how to end the request that is about to be made. If the scope is cancelled
	 * already, that happens at once.
	 * @param abort ends the request; it may be called by any thread, once, and also when
	 * the request has ended by itself
	 */
	void onCancel(Runnable abort) {
		Runnable seen = this.abort;
		while (!(seen instanceof Ended)) {
			if (ABORT.compareAndSet(this, seen, abort)) {
				return;
			}
			seen = this.abort;
		}
		if (seen == Ended.CANCELLED) {
			abort.run();
		}
	}

	/**
	 * Says how to let go of what the answer to the request holds, should its reader stop
	 * before its end. If the scope has ended already, that happens at once.
	 * @param release lets go; it is called once, by the thread that ends the scope, also
	 * when there is nothing left to let go of
	 */
	void onEnd(Runnable release) {
		this.release = release;
		if (this.abort instanceof Ended) {
			release();
		}
	}

	private void release() {
		Runnable held = (Runnable) RELEASE.getAndSet(this, null);
		if (held != null) {
			held.run();
		}
	}

	/**
	 * Ends the request that is being made in this scope, and any that will be. Without
	 * effect on a closed scope.
	 */
	public void cancel() {
		Runnable seen = this.abort;
		while (!(seen instanceof Ended)) {
			if (ABORT.compareAndSet(this, seen, (Runnable) Ended.CANCELLED)) {
				if (seen != null) {
					seen.run();
				}
				release();
				return;
			}
			seen = this.abort;
		}
	}

	/**
	 * Whether the scope was cancelled before it was closed.
	 * @return whether it was
	 */
	public boolean isCancelled() {
		return this.abort == Ended.CANCELLED;
	}

	/**
	 * Takes the calling thread out of the scope; later cancellations have no effect.
	 */
	@Override
	public void close() {
		end();
		if (CURRENT.get() == this) {
			CURRENT.set(this.outer);
		}
	}

	/** Forgets how to end the request, as it has ended. */
	void end() {
		Runnable seen = this.abort;
		while (!(seen instanceof Ended) && !ABORT.compareAndSet(this, seen, (Runnable) Ended.CLOSED)) {
			seen = this.abort;
		}
		release();
	}

	/** How a scope has ended. */
	private enum Ended implements Runnable {

		CANCELLED, CLOSED;

		@Override
		public void run() {
		}

	}

}
