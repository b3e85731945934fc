package dev.switchboard.simulator;

import java.util.List;
import java.util.function.Function;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.fault.Fault;

/**
 * What can be told how to behave: a provider, or one of its models. What is said of a
 * model goes before what is said of its provider. Safe for use by many threads.
 *
 * @param <S> the type itself
 */
public abstract sealed class Scriptable<S extends Scriptable<S>> permits SimulatedProvider, SimulatedModel {

	private final Script script;

	Scriptable(Script script) {
		this.script = script;
	}

	abstract S self();

	/**
	 * Answers every chat request with these texts in turn, and with the last of them from
	 * then on.
	 * @param first the first text
	 * @param more what to answer after that
	 * @return this
	 */
	public S answers(String first, String... more) {
		Answer[] answers = new Answer[more.length];
		for (int i = 0; i < more.length; i++) {
			answers[i] = Answer.text(more[i]);
		}
		return answers(Answer.text(first), answers);
	}

	/**
	 * Answers every chat request with these answers in turn, and with the last of them
	 * from then on.
	 * @param first the first answer
	 * @param more what to answer after that
	 * @return this
	 */
	public S answers(Answer first, Answer... more) {
		this.script.answer(first, more);
		return self();
	}

	/**
	 * Answers every chat request as a function says. It runs on a thread of its own and
	 * may block; when it throws, the request is answered with status 500.
	 * @param function makes answers
	 * @return this
	 */
	public S answers(Function<ChatRequest, Answer> function) {
		this.script.answer(function);
		return self();
	}

	/**
	 * Lets things go wrong, in this order. Faults of an earlier call that are not over
	 * yet come first.
	 * @param faults what goes wrong
	 * @return this
	 */
	public S fails(Fault... faults) {
		this.script.faults().add(faults);
		return self();
	}

	/**
	 * Takes back all faults that are not over yet; answers stay.
	 * @return this
	 */
	public S recovers() {
		this.script.faults().clear();
		return self();
	}

	/**
	 * The requests received since the start or the last reset, oldest first. Of very many
	 * only the youngest are kept.
	 * @return what was received
	 */
	public abstract List<RecordedRequest> requests();

	/**
	 * How many requests were received since the start or the last reset, whether they are
	 * kept or not.
	 * @return the number
	 */
	public long requestCount() {
		return this.script.requestCount();
	}

	Script script() {
		return this.script;
	}

}
