package dev.switchboard.health;

import java.util.function.Function;

import dev.switchboard.call.SkippedTarget;

/**
 * The answer to "may this target be called now?".
 */
public sealed interface Admission permits Permit, Admission.Refused {

	/**
	 * Reads this answer, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param permit reads a yes
	 * @param refused reads a no
	 * @return what the reader made of it
	 */
	<T> T match(Function<Permit, T> permit, Function<Refused, T> refused);

	/**
	 * No.
	 *
	 * @param skipped why, and until when
	 */
	record Refused(SkippedTarget skipped) implements Admission {

		@Override
		public <T> T match(Function<Permit, T> permit, Function<Refused, T> refused) {
			return refused.apply(this);
		}

	}

}
