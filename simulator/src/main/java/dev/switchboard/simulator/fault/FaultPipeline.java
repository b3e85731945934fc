package dev.switchboard.simulator.fault;

import java.util.Iterator;
import java.util.List;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.wire.Step;
import org.jspecify.annotations.Nullable;

/**
 * Lets a fault befall a request: first instead of the answer, then upon the answer, then
 * upon its bytes.
 */
public final class FaultPipeline {

	private FaultPipeline() {
	}

	static boolean applies(Fault fault, FaultContext context) {
		return fault.effects().stream().allMatch((effect) -> effect.appliesTo(context));
	}

	/**
	 * What the fault does instead of answering.
	 * @param fault the fault; null for none
	 * @param context the request
	 * @return the steps; nothing if the request is to be answered
	 */
	public static List<Step> instead(@Nullable Fault fault, FaultContext context) {
		if (fault != null) {
			for (Effect effect : fault.effects()) {
				List<Step> steps = effect.instead(context);
				if (!steps.isEmpty()) {
					return steps;
				}
			}
		}
		return List.of();
	}

	/**
	 * What the fault makes of an answer.
	 * @param fault the fault; null for none
	 * @param answer the answer
	 * @return the answer to write
	 */
	public static Answer change(@Nullable Fault fault, Answer answer) {
		Answer changed = answer;
		if (fault != null) {
			for (Effect effect : fault.effects()) {
				changed = effect.change(changed);
			}
		}
		return changed;
	}

	/**
	 * What the fault makes of a written reply.
	 * @param fault the fault; null for none
	 * @param steps the reply
	 * @param context the request
	 * @return the steps to take
	 */
	public static Iterator<Step> change(@Nullable Fault fault, Iterator<Step> steps, FaultContext context) {
		Iterator<Step> changed = steps;
		if (fault != null) {
			for (Effect effect : fault.effects()) {
				changed = effect.change(changed, context);
			}
		}
		return changed;
	}

}
