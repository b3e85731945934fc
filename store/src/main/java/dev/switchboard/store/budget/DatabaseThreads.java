package dev.switchboard.store.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.Dialect;

/**
 * Asks the database on threads of its own. Those of callers are interrupted when their
 * calls are cancelled, and an interrupt in the middle of a statement closes H2's file or
 * the connection.
 */
final class DatabaseThreads implements AutoCloseable {

	/** Leaves some of the pool's connections to the ledger. */
	private static final int TO_A_SERVER = 6;

	/** Within one process more of them would only wait for each other. */
	private static final int EMBEDDED = 1;

	private static final int MOST_TOGETHER = 64;

	private static final Duration LAST_WORK = Duration.ofSeconds(5);

	private final Database database;

	private final ThreadPoolExecutor threads;

	/** What is committed but may not be written yet; of the only thread. */
	private final List<Work<?>> unwritten = new ArrayList<>();

	private final boolean writes;

	private volatile long lastServed = System.nanoTime();

	DatabaseThreads(Database database) {
		this.database = database;
		this.writes = database.dialect() == Dialect.H2;
		int count = this.writes ? EMBEDDED : TO_A_SERVER;
		this.threads = new ThreadPoolExecutor(count, count, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "switchboard-budgets-work");
					thread.setDaemon(true);
					return thread;
				});
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Asks.
	 * @param <T> the answer
	 * @param question asks the database
	 * @param kept whether what it does must outlive this process
	 * @return the answer, or why there is none
	 * @throws java.util.concurrent.RejectedExecutionException after the end
	 */
	<T> CompletableFuture<T> ask(Supplier<T> question, boolean kept) {
		Work<T> work = new Work<>(question, kept && this.writes, new CompletableFuture<>());
		this.threads.execute(work);
		return work.answer();
	}

	/** When the database last gave an answer, by {@link System#nanoTime()}. */
	long lastServed() {
		return this.lastServed;
	}

	/** Tells those who have not been served yet that they need not wait. */
	void giveUp(Throwable reason) {
		List<Runnable> waiting = new ArrayList<>();
		this.threads.getQueue().drainTo(waiting);
		for (Runnable task : waiting) {
			if (task instanceof Work<?> work) {
				work.answer().completeExceptionally(reason);
			}
		}
	}

	// Many settle while one is written; the next write is for all of them.
	private void writeIfIdle() {
		if (this.unwritten.isEmpty() || (!this.threads.getQueue().isEmpty() && this.unwritten.size() < MOST_TOGETHER)) {
			return;
		}
		try {
			this.database.write();
			this.unwritten.forEach(Work::tell);
		}
		catch (RuntimeException | Error ex) {
			this.unwritten.forEach((work) -> work.answer().completeExceptionally(ex));
		}
		finally {
			this.unwritten.clear();
		}
	}

	@Override
	public void close() {
		this.threads.shutdown();
		try {
			this.threads.awaitTermination(LAST_WORK.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private final class Work<T> implements Runnable {

		private final Supplier<T> question;

		private final boolean mustBeWritten;

		private final CompletableFuture<T> answer;

		private volatile Runnable telling = () -> {
		};

		Work(Supplier<T> question, boolean mustBeWritten, CompletableFuture<T> answer) {
			this.question = question;
			this.mustBeWritten = mustBeWritten;
			this.answer = answer;
		}

		CompletableFuture<T> answer() {
			return this.answer;
		}

		void tell() {
			this.telling.run();
		}

		@Override
		public void run() {
			try {
				T result = this.question.get();
				DatabaseThreads.this.lastServed = System.nanoTime();
				this.telling = () -> this.answer.complete(result);
				if (this.mustBeWritten) {
					DatabaseThreads.this.unwritten.add(this);
				}
				else {
					tell();
				}
			}
			// Drivers throw errors as well.
			catch (RuntimeException | Error ex) {
				this.answer.completeExceptionally(ex);
			}
			if (DatabaseThreads.this.writes) {
				writeIfIdle();
			}
		}

	}

}
