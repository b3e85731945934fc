package dev.switchboard.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.observation.AttemptObservation;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.options.Answers;
import dev.switchboard.options.TargetPrompts;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.provider.AttemptScope;
import dev.switchboard.provider.FailureClassifier;
import dev.switchboard.provider.ProviderEndpoint;
import dev.switchboard.provider.TargetClient;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.relay.RefusedAnswerException;
import dev.switchboard.relay.RelayChatModel;
import dev.switchboard.relay.RelayPrompt;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Sends one request to one target and tells what came of it. A timeout ends the request
 * itself, not only the wait for it.
 */
final class AttemptRunner {

	private static final String UNWANTED = "another attempt answered first";

	private final TargetClients clients;

	private final AttemptObservations observations;

	private final ModelCatalog catalog;

	private final AnswerJudge judge;

	private final Alarms alarms;

	private final ExecutorService workers;

	private final LongSupplier nanoTime;

	AttemptRunner(TargetClients clients, AttemptObservations observations, ModelCatalog catalog, AnswerJudge judge,
			Alarms alarms, ExecutorService workers, LongSupplier nanoTime) {
		this.clients = clients;
		this.observations = observations;
		this.catalog = catalog;
		this.judge = judge;
		this.alarms = alarms;
		this.workers = workers;
		this.nanoTime = nanoTime;
	}

	/** Sends on the calling thread and waits for the whole answer. */
	AttemptResult call(CallInProgress call, Step.Send send, @Nullable Observation parent, Cancellation cancellation) {
		TargetClient client = client(send);
		AttemptInProgress attempt = begin(call, send, parent);
		try {
			ChatResponse response;
			Failure failure;
			try (Observation.Scope scope = attempt.observation().openScope()) {
				response = answer(client, call.prompt(), attempt, cancellation);
				failure = RefusedAnswerException.keep(this.judge.judge(response, call.prompt(), client.wire() != null),
						call.prompt(), response);
			}
			if (failure == null) {
				attempt.answered(Answers.usage(response), Answers.model(response));
				return new AttemptResult.Answered(response);
			}
			attempt.failed(failure, Answers.usage(response));
			return new AttemptResult.Failed(failure);
		}
		catch (Exception ex) {
			return new AttemptResult.Failed(failed(attempt, ex, cancellation));
		}
		finally {
			// Reached without an end only by an Error: the permit must not be lost with
			// it.
			attempt.cancelled("an error in this process");
		}
	}

	/** Begins an attempt that streams; the caller of this method ends it. */
	AttemptInProgress begin(CallInProgress call, Step.Send send, @Nullable Observation parent) {
		AttemptObservation observation = this.observations.start(call.id(), call.route().name(), send.target().model(),
				send.number(), parent);
		return new AttemptInProgress(call, send, this.catalog, observation, this.nanoTime);
	}

	/** The chunks of one attempt, as they come; any error is the provider's. */
	Flux<ChatResponse> stream(AttemptInProgress attempt, TargetClient client, Prompt original) {
		TargetClient relay = relay(client, original);
		Flux<ChatResponse> chunks = (relay != null) ? relay.model().stream(original)
				: client.model().stream(TargetPrompts.adapt(original, client.model(), attempt.target(), this.catalog));
		AttemptObservation observation = attempt.observation();
		return observation.observation().isNoop() ? chunks : chunks.contextWrite(observation::putInto);
	}

	/** The client of a target; to make one takes a while, which is not the target's. */
	TargetClient client(Step.Send send) {
		try {
			return this.clients.get(send.target());
		}
		catch (RuntimeException ex) {
			send.giveBack();
			throw ex;
		}
	}

	private ChatResponse answer(TargetClient client, Prompt original, AttemptInProgress attempt,
			Cancellation cancellation) throws Exception {
		TargetClient relay = relay(client, original);
		if (relay != null) {
			return ask(relay, original, attempt, cancellation);
		}
		Prompt prompt = TargetPrompts.adapt(original, client.model(), attempt.target(), this.catalog);
		return Answers.normalise(ask(client, prompt, attempt, cancellation));
	}

	/**
	 * The other kind of attempt, for a request that came on the wire of its target: as it
	 * came, rather than through the model.
	 */
	private @Nullable TargetClient relay(TargetClient client, Prompt original) {
		ProviderEndpoint endpoint = client.endpoint();
		if (endpoint == null || !(original instanceof RelayPrompt relayed)
				|| !relayed.request().relays(client.target())) {
			return null;
		}
		RelayChatModel model = new RelayChatModel(relayed.request(), client.target(), endpoint,
				this.clients.streamThreads());
		return new TargetClient(client.target(), client.wire(), model, true, endpoint);
	}

	private ChatResponse ask(TargetClient client, Prompt prompt, AttemptInProgress attempt, Cancellation cancellation)
			throws Exception {
		long timeout = attempt.timeoutNanos() - attempt.elapsedNanos();
		return client.cancellable() ? askHere(client, prompt, timeout, attempt, cancellation)
				: askOnWorker(client, prompt, timeout, attempt, cancellation);
	}

	/**
	 * Ends an attempt from outside; an unwanted one is booked before its caller is
	 * answered.
	 */
	private static Runnable ending(AttemptInProgress attempt, Cancellation cancellation, Runnable endRequest) {
		return () -> {
			if (cancellation.reason() == Cancellation.Reason.UNWANTED) {
				attempt.cancelled(UNWANTED);
			}
			endRequest.run();
		};
	}

	private ChatResponse askHere(TargetClient client, Prompt prompt, long timeout, AttemptInProgress attempt,
			Cancellation cancellation) {
		try (AttemptScope scope = AttemptScope.open()) {
			cancellation.attach(ending(attempt, cancellation, scope::cancel));
			Future<?> alarm = this.alarms.in(timeout, () -> cancellation.cancel(Cancellation.Reason.TIMED_OUT));
			try {
				return client.model().call(prompt);
			}
			finally {
				alarm.cancel(false);
				cancellation.detach();
			}
		}
	}

	/**
	 * For models whose calls can't be ended from outside: the caller at least is released
	 * in time.
	 */
	private ChatResponse askOnWorker(TargetClient client, Prompt prompt, long timeout, AttemptInProgress attempt,
			Cancellation cancellation) throws Exception {
		Future<ChatResponse> answer = this.workers.submit(() -> {
			// The scope of the calling thread doesn't reach this one.
			try (Observation.Scope scope = attempt.observation().openScope()) {
				return client.model().call(prompt);
			}
		});
		cancellation.attach(ending(attempt, cancellation, () -> answer.cancel(true)));
		try {
			return answer.get(timeout, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			cancellation.cancel(Cancellation.Reason.TIMED_OUT);
			throw ex;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		finally {
			answer.cancel(true);
			cancellation.detach();
		}
	}

	private Failure failed(AttemptInProgress attempt, Exception ex, Cancellation cancellation) {
		if (cancellation.reason() == Cancellation.Reason.UNWANTED) {
			attempt.cancelled(UNWANTED);
			return Failure.of(FailureKind.CANCELLED, "The answer was no longer wanted", ex);
		}
		if (cancellation.reason() == Cancellation.Reason.CALLER_LEFT) {
			attempt.cancelled("the caller left");
			return Failure.of(FailureKind.CANCELLED, "The caller left", ex);
		}
		Failure failure = (cancellation.reason() == Cancellation.Reason.TIMED_OUT) ? timedOut(attempt, ex)
				: FailureClassifier.classify(ex);
		if (failure.kind() == FailureKind.CANCELLED) {
			attempt.cancelled("the calling thread was interrupted");
		}
		else {
			attempt.failed(failure, null);
		}
		return failure;
	}

	private static Failure timedOut(AttemptInProgress attempt, Exception ex) {
		return Failure.of(FailureKind.TIMED_OUT, "No answer within " + attempt.elapsedNanos() / 1_000_000 + " ms", ex);
	}

}
