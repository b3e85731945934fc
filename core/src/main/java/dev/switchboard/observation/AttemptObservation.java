package dev.switchboard.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.switchboard.call.Attempt;
import dev.switchboard.policy.Failure;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The observation of one attempt that has begun.
 */
public final class AttemptObservation {

	static final AttemptObservation NOOP = new AttemptObservation(Observation.NOOP, null);

	private final Observation observation;

	private final @Nullable AttemptObservationContext context;

	private final AtomicBoolean ended = new AtomicBoolean();

	AttemptObservation(Observation observation, @Nullable AttemptObservationContext context) {
		this.observation = observation;
		this.context = context;
	}

	/**
	 * The observation itself.
	 * @return the observation; {@link Observation#NOOP} where nobody observes
	 */
	public Observation observation() {
		return this.observation;
	}

	/**
	 * Makes it the current observation of this thread, so that the model's own goes below
	 * it. For blocking attempts.
	 * @return the scope, to be closed on the same thread
	 */
	public Observation.Scope openScope() {
		return this.observation.openScope();
	}

	/**
	 * Makes it the current observation of a subscriber, so that the model's own goes
	 * below it. For streamed attempts: {@code flux.contextWrite(attempt::putInto)}.
	 * @param subscriber the subscriber's context
	 * @return the context to use instead
	 */
	public Context putInto(Context subscriber) {
		return (this.context != null) ? subscriber.put(ObservationThreadLocalAccessor.KEY, this.observation)
				: subscriber;
	}

	/**
	 * The attempt has ended. Only the first call of this method counts.
	 * @param attempt how it went
	 */
	public void ended(Attempt attempt) {
		if (this.context == null || !this.ended.compareAndSet(false, true)) {
			return;
		}
		this.context.ended(attempt);
		Failure failure = DefaultAttemptObservationConvention.failure(attempt);
		if (failure != null) {
			this.observation.error(new AttemptFailed(failure));
		}
		this.observation.stop();
	}

	/**
	 * Stands for the exception behind a failure, whose message may quote the prompt.
	 */
	static final class AttemptFailed extends RuntimeException {

		private static final long serialVersionUID = 1;

		AttemptFailed(Failure failure) {
			super(failure.toString(), null, false, false);
		}

	}

}
