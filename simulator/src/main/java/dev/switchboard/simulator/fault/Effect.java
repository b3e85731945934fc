package dev.switchboard.simulator.fault;

import java.util.Iterator;
import java.util.List;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.wire.Step;

/**
 * What a fault does to a request. An effect replaces the reply, or changes the answer
 * before it is written, or its bytes afterwards.
 */
interface Effect {

	default boolean appliesTo(FaultContext context) {
		return true;
	}

	/** What to do instead of answering; nothing if the request is to be answered. */
	default List<Step> instead(FaultContext context) {
		return List.of();
	}

	default Answer change(Answer answer) {
		return answer;
	}

	default Iterator<Step> change(Iterator<Step> steps, FaultContext context) {
		return steps;
	}

}
