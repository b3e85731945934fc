package dev.switchboard.simulator.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Changes a sequence of steps as it is taken.
 */
public abstract class StepRewriter implements Iterator<Step> {

	private final Iterator<Step> source;

	private final Deque<Step> ready = new ArrayDeque<>(2);

	private boolean ended;

	/**
	 * Rewrites the steps of a source.
	 * @param source the steps
	 */
	protected StepRewriter(Iterator<Step> source) {
		this.source = source;
	}

	/**
	 * Puts any number of steps in the place of one.
	 * @param step the step
	 */
	protected abstract void rewrite(Step step);

	/**
	 * Adds a step to the result.
	 * @param step the step
	 */
	protected final void emit(Step step) {
		this.ready.add(step);
	}

	/**
	 * Drops the rest of the source.
	 */
	protected final void end() {
		this.ended = true;
	}

	@Override
	public final boolean hasNext() {
		while (this.ready.isEmpty() && !this.ended && this.source.hasNext()) {
			rewrite(this.source.next());
		}
		return !this.ready.isEmpty();
	}

	@Override
	public final Step next() {
		if (!hasNext()) {
			throw new NoSuchElementException("No step is left");
		}
		return this.ready.remove();
	}

}
