package dev.switchboard.simulator;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.fault.FaultQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a provider or a model was told to do, and how often it was asked.
 */
final class Script {

	private final FaultQueue faults;

	private final LongAdder requests = new LongAdder();

	private volatile @Nullable Source answers;

	Script(LongSupplier nanos) {
		this.faults = new FaultQueue(nanos);
	}

	void answer(Answer first, Answer... more) {
		List<Answer> answers = Stream.concat(Stream.of(first), Stream.of(more)).toList();
		AtomicInteger next = new AtomicInteger();
		int last = answers.size() - 1;
		this.answers = new Source((request) -> answers.get(next.getAndUpdate((index) -> Math.min(index + 1, last))),
				false);
	}

	void answer(Function<ChatRequest, Answer> function) {
		this.answers = new Source(function, true);
	}

	@Nullable Source answers() {
		return this.answers;
	}

	FaultQueue faults() {
		return this.faults;
	}

	void countRequest() {
		this.requests.increment();
	}

	long requestCount() {
		return this.requests.sum();
	}

	void reset() {
		this.faults.clear();
		this.answers = null;
		this.requests.reset();
	}

	/**
	 * Where answers come from.
	 *
	 * @param function makes them
	 * @param mayBlock whether that may take time
	 */
	record Source(Function<ChatRequest, Answer> function, boolean mayBlock) {

	}

}
