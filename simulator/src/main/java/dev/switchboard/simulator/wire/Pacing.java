package dev.switchboard.simulator.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;

import dev.switchboard.simulator.wire.Step.Head;
import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Pause;
import dev.switchboard.simulator.wire.Step.Send;

/**
 * Takes time over an answer.
 */
public final class Pacing {

	private static final int PIECE = 32;

	private Pacing() {
	}

	/**
	 * Waits before the first content; where nothing is streamed, before the headers.
	 * @param steps the answer
	 * @param delay how long
	 * @return the slowed answer
	 */
	public static Iterator<Step> late(Iterator<Step> steps, Duration delay) {
		return delay.isZero() ? steps : new Late(steps, delay);
	}

	/**
	 * Waits between two pieces of content; a body that is not streamed goes in pieces of
	 * 32 bytes.
	 * @param steps the answer
	 * @param pause how long
	 * @return the slowed answer
	 */
	public static Iterator<Step> dripping(Iterator<Step> steps, Duration pause) {
		return pause.isZero() ? steps : new Dripping(steps, pause);
	}

	/**
	 * Waits between two streamed pieces of content.
	 * @param steps the answer
	 * @param pause how long
	 * @return the slowed answer
	 */
	public static Iterator<Step> paced(Iterator<Step> steps, Duration pause) {
		return pause.isZero() ? steps : new Paced(steps, pause);
	}

	private static final class Late extends StepRewriter {

		private final Duration delay;

		private boolean waited;

		private Late(Iterator<Step> steps, Duration delay) {
			super(steps);
			this.delay = delay;
		}

		@Override
		protected void rewrite(Step step) {
			boolean wholeAhead = step instanceof Head head && head.length() >= 0;
			boolean contentAhead = step instanceof Send send && send.part() != Part.FRAME;
			if (!this.waited && (wholeAhead || contentAhead)) {
				this.waited = true;
				emit(new Pause(this.delay));
			}
			emit(step);
		}

	}

	private static class Paced extends StepRewriter {

		private final Duration pause;

		private boolean started;

		private Paced(Iterator<Step> steps, Duration pause) {
			super(steps);
			this.pause = pause;
		}

		@Override
		protected void rewrite(Step step) {
			if (step instanceof Send send && send.part() == Part.TOKEN) {
				emitPaced(step);
			}
			else {
				emit(step);
			}
		}

		protected final void emitPaced(Step step) {
			if (this.started) {
				emit(new Pause(this.pause));
			}
			this.started = true;
			emit(step);
		}

	}

	private static final class Dripping extends Paced {

		private Dripping(Iterator<Step> steps, Duration pause) {
			super(steps, pause);
		}

		@Override
		protected void rewrite(Step step) {
			if (step instanceof Send send && send.part() == Part.WHOLE) {
				byte[] bytes = send.bytes();
				for (int from = 0; from < bytes.length; from += PIECE) {
					byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
					emitPaced(new Send(Part.WHOLE, piece));
				}
			}
			else {
				super.rewrite(step);
			}
		}

	}

}
