package dev.switchboard.simulator.fault;

import java.time.Duration;
import java.util.Iterator;

import dev.switchboard.simulator.wire.Pacing;
import dev.switchboard.simulator.wire.Step;

/**
 * Takes its time, before the first content or all along.
 */
record PaceEffect(Duration pause, boolean everywhere) implements Effect {

	PaceEffect {
		if (pause.isNegative()) {
			throw new IllegalArgumentException("A pause is zero or more, but was " + pause);
		}
	}

	@Override
	public Iterator<Step> change(Iterator<Step> steps, FaultContext context) {
		return this.everywhere ? Pacing.dripping(steps, this.pause) : Pacing.late(steps, this.pause);
	}

}
