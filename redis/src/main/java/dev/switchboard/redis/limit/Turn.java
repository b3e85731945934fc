package dev.switchboard.redis.limit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.switchboard.limit.BucketStep;
import dev.switchboard.limit.Draw;
import org.jspecify.annotations.Nullable;

/**
 * What one caller wants to have done with buckets, who may give up before it is.
 *
 * @param <T> what he is answered
 */
final class Turn<T> {

	private final List<Draw> draws;

	private final Function<BucketStep, T> action;

	private final Consumer<T> late;

	private final CompletableFuture<T> answer = new CompletableFuture<>();

	private volatile @Nullable T found;

	/**
	 * A turn that nobody has taken yet.
	 * @param draws names all buckets that are concerned
	 * @param action what is to be done; more than once if somebody else was faster
	 * @param late is given the answer if it is done and the caller has given up
	 */
	Turn(List<Draw> draws, Function<BucketStep, T> action, Consumer<T> late) {
		this.draws = draws;
		this.action = action;
		this.late = late;
	}

	List<Draw> draws() {
		return this.draws;
	}

	CompletableFuture<T> answer() {
		return this.answer;
	}

	boolean isOver() {
		return this.answer.isDone();
	}

	/** Does it, without any effect yet. */
	void rehearse(BucketStep step) {
		this.found = isOver() ? null : this.action.apply(step);
	}

	/** What was done last has taken effect. */
	void done() {
		T found = this.found;
		if (found != null && !this.answer.complete(found)) {
			this.late.accept(found);
		}
	}

	void failed(Throwable failure) {
		this.answer.completeExceptionally(failure);
	}

	/**
	 * Waits no longer.
	 * @return the answer if it came in the last moment; {@code null} if there is none
	 */
	@Nullable T giveUp() {
		return (this.answer.cancel(false) || this.answer.isCompletedExceptionally()) ? null : this.answer.join();
	}

}
