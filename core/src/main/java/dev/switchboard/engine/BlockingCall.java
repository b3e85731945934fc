package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallerPresence;
import dev.switchboard.relay.RelayPrompt;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Makes the attempts of one call whose caller waits for the whole answer, on his own
 * thread as long as there is one attempt at a time.
 */
final class BlockingCall {

	private final CallInProgress call;

	private final AttemptLoop loop;

	private final AttemptRunner runner;

	private final ExecutorService workers;

	private final Alarms alarms;

	private final @Nullable Observation parent;

	private @Nullable Answer answer;

	BlockingCall(CallInProgress call, AttemptLoop loop, AttemptRunner runner, ExecutorService workers, Alarms alarms,
			@Nullable Observation parent) {
		this.call = call;
		this.loop = loop;
		this.runner = runner;
		this.workers = workers;
		this.alarms = alarms;
		this.parent = parent;
	}

	/** The answer; fails with {@link CallEnded} if there is none. */
	Answer answer() {
		Step step = this.loop.start();
		while (true) {
			step = step.match(this::send, this::pause, this::end);
			if (this.answer != null) {
				return this.answer;
			}
		}
	}

	private Step send(Step.Send send) {
		Duration hedgeAfter = this.call.policy().hedgeAfter();
		if (hedgeAfter != null) {
			return hedged(send, hedgeAfter);
		}
		return whilePresent(send).match((response) -> {
			this.answer = new Answer(send, response);
			return send;
		}, (failure) -> this.loop.after(send, failure));
	}

	private AttemptResult whilePresent(Step.Send send) {
		Cancellation cancellation = new Cancellation();
		if (!(this.call.prompt() instanceof RelayPrompt relayed)) {
			return this.runner.call(this.call, send, this.parent, cancellation);
		}
		CallerPresence presence = relayed.request().presence();
		Runnable before = presence.during(() -> cancellation.cancel(Cancellation.Reason.CALLER_LEFT));
		try {
			return this.runner.call(this.call, send, this.parent, cancellation);
		}
		finally {
			presence.afterwards(before);
		}
	}

	private Step hedged(Step.Send send, Duration after) {
		List<AttemptFailed> failures = new CopyOnWriteArrayList<>();
		try {
			this.answer = Hedge.race(onWorker(send, failures), () -> second(failures), this.alarms.after(after))
				.next()
				.onErrorResume(NoSuchElementException.class, (neither) -> Mono.empty())
				.block();
		}
		catch (IllegalStateException ex) {
			if (ex.getCause() instanceof InterruptedException) {
				return cancelled();
			}
			throw ex;
		}
		return (this.answer != null) ? send : this.loop.afterHedge(failures);
	}

	private Flux<Answer> second(List<AttemptFailed> failures) {
		return this.loop.hedge()
			.match((send) -> onWorker(send, failures), (pause) -> Flux.empty(), (end) -> Flux.empty());
	}

	private Flux<Answer> onWorker(Step.Send send, List<AttemptFailed> failures) {
		return Flux.create((sink) -> {
			Cancellation cancellation = new Cancellation();
			sink.onCancel(() -> cancellation.cancel(Cancellation.Reason.UNWANTED));
			this.workers.execute(() -> {
				try {
					this.runner.call(this.call, send, this.parent, cancellation).match((response) -> {
						sink.next(new Answer(send, response)).complete();
						return null;
					}, (failure) -> {
						AttemptFailed failed = new AttemptFailed(send, failure);
						failures.add(failed);
						sink.error(failed);
						return null;
					});
				}
				catch (Error error) {
					sink.error(error);
					throw error;
				}
			});
		});
	}

	private Step pause(Step.Pause pause) {
		try {
			TimeUnit.NANOSECONDS.sleep(pause.duration().toNanos());
			return this.loop.afterPause();
		}
		catch (InterruptedException ex) {
			return cancelled();
		}
	}

	private static Step cancelled() {
		return new Step.End(new CallOutcome.Cancelled());
	}

	private Step end(Step.End end) {
		throw new CallEnded(end.outcome(), false);
	}

	/**
	 * An answer and who gave it.
	 *
	 * @param send the attempt
	 * @param response its answer
	 */
	record Answer(Step.Send send, ChatResponse response) {
	}

}
