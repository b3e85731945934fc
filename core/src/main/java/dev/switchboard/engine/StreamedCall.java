package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import dev.switchboard.call.CallOutcome;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.options.ToolLoop;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.StreamCommit;
import dev.switchboard.policy.StreamResume;
import dev.switchboard.provider.FailureClassifier;
import dev.switchboard.provider.TargetClient;
import dev.switchboard.relay.RefusedAnswerException;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Makes the attempts of one streamed call. Until the commit a failed attempt leaves no
 * trace in the stream; after it the stream either goes on with the same answer or ends in
 * an error.
 */
final class StreamedCall {

	private final CallInProgress call;

	private final AttemptLoop loop;

	private final AttemptRunner runner;

	private final AnswerJudge judge;

	private final Alarms alarms;

	private final Settlement settlement;

	/** The attempt whose answer the caller gets; there is none before the commit. */
	private final AtomicReference<@Nullable StreamedAttempt> committed = new AtomicReference<>();

	private @Nullable Failure interruption;

	StreamedCall(CallInProgress call, AttemptLoop loop, AttemptRunner runner, AnswerJudge judge, Alarms alarms,
			Settlement settlement) {
		this.call = call;
		this.loop = loop;
		this.runner = runner;
		this.judge = judge;
		this.alarms = alarms;
		this.settlement = settlement;
	}

	/**
	 * The answer; fails with {@link CallEnded} if there is none or not the whole of it.
	 */
	Flux<ChatResponse> chunks() {
		return follow(this.loop.start());
	}

	private Flux<ChatResponse> follow(Step step) {
		return step.match(this::send,
				(pause) -> this.alarms.after(pause.duration()).flatMapMany((now) -> follow(this.loop.afterPause())),
				(end) -> Flux.error(new CallEnded(end.outcome(), false)));
	}

	private Flux<ChatResponse> send(Step.Send send) {
		Duration hedgeAfter = this.call.policy().hedgeAfter();
		return (hedgeAfter != null) ? hedged(send, hedgeAfter) : attempt(send, null).onErrorResume(AttemptFailed.class,
				(failed) -> follow(this.loop.after(failed.send(), failed.failure())));
	}

	private Flux<ChatResponse> hedged(Step.Send send, Duration after) {
		List<AttemptFailed> failures = new CopyOnWriteArrayList<>();
		Flux<ChatResponse> first = attempt(send, null).doOnError(AttemptFailed.class, failures::add);
		return Hedge.race(first, () -> second(failures), this.alarms.after(after))
			.onErrorResume(NoSuchElementException.class, (neither) -> follow(this.loop.afterHedge(failures)));
	}

	private Flux<ChatResponse> second(List<AttemptFailed> failures) {
		return this.loop.hedge()
			.match((send) -> attempt(send, null).doOnError(AttemptFailed.class, failures::add), (pause) -> Flux.empty(),
					(end) -> Flux.empty());
	}

	private Flux<ChatResponse> attempt(Step.Send send, @Nullable Continuation continuation) {
		return Flux.deferContextual((context) -> {
			Observation parent = AttemptObservations.parentIn(context);
			TargetClient client = this.runner.client(send);
			AttemptInProgress begun = this.runner.begin(this.call, send, parent);
			StreamedAttempt attempt = new StreamedAttempt(begun, this.call.policy().timeouts(), client.wire() != null,
					this.call.policy().streamCommit() == StreamCommit.COMPLETE, continuation);
			try {
				return chunks(attempt, client, continuation);
			}
			catch (RuntimeException ex) {
				return failed(attempt, ex);
			}
		});
	}

	private Flux<ChatResponse> chunks(StreamedAttempt attempt, TargetClient client,
			@Nullable Continuation continuation) {
		Flux<ChatResponse> source = this.runner.stream(attempt.attempt(), client,
				(continuation != null) ? continuation.prompt(this.call.prompt()) : this.call.prompt());
		return new StreamWatch<>(source, this.alarms, attempt).<ChatResponse>handle((chunk, sink) -> {
			ChatResponse next = attempt.accept(chunk);
			if (next != null) {
				commit(attempt);
				sink.next(passedOn(attempt, next));
			}
			if (!attempt.isWhole() && Continuation.isPossible(this.call.prompt()) && !attempt.attempt().isCovered()) {
				// Ends the provider's request as well.
				attempt.cut();
				sink.complete();
			}
		})
			.concatWith(Flux.defer(() -> ended(attempt)))
			.onErrorResume((error) -> failed(attempt, error))
			.doOnCancel(() -> attempt.attempt().cancelled("its answer was no longer wanted"));
	}

	/** Of hedged attempts only the first to come so far is passed on. */
	private void commit(StreamedAttempt attempt) {
		StreamedAttempt before = this.committed.get();
		if (before == attempt) {
			return;
		}
		boolean resumed = before != null && this.interruption != null;
		if (!this.committed.compareAndSet(resumed ? before : null, attempt)) {
			throw new Unwanted();
		}
		this.call.firstContentPassedOn(attempt.attempt().target());
	}

	private ChatResponse passedOn(StreamedAttempt attempt, ChatResponse chunk) {
		return ToolLoop.stamp(chunk, attempt.attempt().target(), this.call.route().name());
	}

	private Flux<ChatResponse> ended(StreamedAttempt attempt) {
		Failure failure = attempt.isCut() ? null : RefusedAnswerException
			.keep(attempt.judge(this.judge, this.call.prompt()), this.call.prompt(), attempt.end());
		if (failure != null) {
			return Flux.error(new AttemptFailed(attempt.attempt().send(), failure));
		}
		commit(attempt);
		attempt.attempt().answered(attempt.isCut() ? null : attempt.tokens(), attempt.responseModel());
		Mono<ChatResponse> last = Mono.fromSupplier(() -> {
			ChatResponse end = attempt.end();
			return this.settlement.answeredStream(this.call, attempt.summary(),
					(end != null) ? passedOn(attempt, end) : null, attempt.usage());
		});
		return attempt.heldBack().isEmpty() ? last.flux()
				: Flux.fromIterable(attempt.heldBack()).map((chunk) -> passedOn(attempt, chunk)).concatWith(last);
	}

	private Flux<ChatResponse> failed(StreamedAttempt attempt, Throwable error) {
		if (error instanceof CallEnded) {
			return Flux.error(error);
		}
		if (error instanceof Unwanted) {
			attempt.attempt().cancelled("another attempt answered first");
			return Flux.error(error);
		}
		if (error instanceof Continuation.Diverged) {
			attempt.attempt().cancelled("its answer differs from what was already passed on");
			return interrupted();
		}
		if (attempt.isWhole() && !(error instanceof AttemptFailed)) {
			// Whatever broke after the provider had ended its answer is no loss to the
			// caller.
			return Flux.defer(() -> ended(attempt)).onErrorResume(AttemptFailed.class, (bad) -> failed(attempt, bad));
		}
		Failure failure = failureOf(attempt, error);
		if (this.committed.get() != attempt && !attempt.isContinuation()) {
			attempt.attempt().failed(failure, attempt.tokens());
			return Flux.error(new AttemptFailed(attempt.attempt().send(), failure));
		}
		Failure broken = (failure.kind() == FailureKind.CONTENT_REFUSED) ? failure
				: failure.as(FailureKind.INTERRUPTED);
		attempt.attempt().failed(broken, attempt.tokens());
		return resumed(attempt, broken);
	}

	private Flux<ChatResponse> resumed(StreamedAttempt attempt, Failure broken) {
		if (this.interruption == null) {
			this.interruption = broken;
		}
		StreamResume how = this.call.policy().streamResume();
		if (how == StreamResume.NEVER || attempt.hasToolCalls() || broken.kind() == FailureKind.CONTENT_REFUSED
				|| !Continuation.isPossible(this.call.prompt())) {
			return interrupted();
		}
		String begun = attempt.passedOn();
		Continuation continuation = (how == StreamResume.PREFILL) ? new Continuation.Prefilled(begun)
				: new Continuation.Verified(begun);
		return this.loop.resume(attempt.attempt().send(), broken, how == StreamResume.PREFILL)
			.match((send) -> attempt(send, continuation), (pause) -> interrupted(), (end) -> interrupted());
	}

	private Flux<ChatResponse> interrupted() {
		Failure broken = this.interruption;
		if (broken == null) {
			throw new IllegalStateException("No stream was interrupted");
		}
		return Flux.error(new CallEnded(new CallOutcome.Failed(broken), true));
	}

	private static Failure failureOf(StreamedAttempt attempt, Throwable error) {
		if (error instanceof AttemptFailed known) {
			return known.failure();
		}
		if (error instanceof StreamWatch.SilentStream) {
			String missing = attempt.attempt().hasReceivedContent() ? "No further chunk" : "No first token";
			return Failure.of(FailureKind.TIMED_OUT,
					missing + " came; given up after " + attempt.attempt().elapsedNanos() / 1_000_000 + " ms");
		}
		return FailureClassifier.classify(error);
	}

	/** Another attempt was committed first. */
	private static final class Unwanted extends RuntimeException {

		Unwanted() {
			super("Another attempt answered first", null, false, false);
		}

	}

}
