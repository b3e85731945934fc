package dev.switchboard.observation;

import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes attempts: a span each and, with Micrometer's handler for meters, the timer
 * {@code switchboard.attempt}. See {@link AttemptObservationDocumentation} for the keys.
 * Where nobody observes, nothing is made.
 */
public final class AttemptObservations {

	/** Observes nothing. */
	public static final AttemptObservations NOOP = new AttemptObservations(ObservationRegistry.NOOP, null);

	private static final AttemptObservationConvention DEFAULT_CONVENTION = new DefaultAttemptObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable AttemptObservationConvention convention;

	private final KnownModels known;

	/**
	 * Observations with their usual names.
	 * @param registry who is told
	 */
	public AttemptObservations(ObservationRegistry registry) {
		this(registry, null);
	}

	/**
	 * Observations with other names.
	 * @param registry who is told
	 * @param convention what names them; {@code null} for the default
	 */
	public AttemptObservations(ObservationRegistry registry, @Nullable AttemptObservationConvention convention) {
		this(registry, convention, KnownModels.ALL);
	}

	/**
	 * Observations with other names, in which only some models are named.
	 * @param registry who is told
	 * @param convention what names them; {@code null} for the default
	 * @param known the models that are named; the others are one
	 */
	public AttemptObservations(ObservationRegistry registry, @Nullable AttemptObservationConvention convention,
			KnownModels known) {
		this.registry = registry;
		this.convention = convention;
		this.known = known;
	}

	/**
	 * The observation that a subscriber carries, to be the parent of streamed attempts.
	 * @param subscriber the subscriber's context
	 * @return the observation; {@code null} if there is none
	 */
	public static @Nullable Observation parentIn(ContextView subscriber) {
		return subscriber.<@Nullable Observation>getOrDefault(ObservationThreadLocalAccessor.KEY, null);
	}

	/**
	 * The current observation of this thread, to be the parent of attempts that are made
	 * on another.
	 * @return the observation; {@code null} if there is none
	 */
	public @Nullable Observation current() {
		return this.registry.isNoop() ? null : this.registry.getCurrentObservation();
	}

	/**
	 * An attempt begins.
	 * @param callId the call it belongs to
	 * @param route the route that is used
	 * @param target who is asked
	 * @param number which attempt of the call it is, from 1
	 * @param parent the observation it belongs below; {@code null} for the current one of
	 * this thread, if there is one
	 * @return its observation, to be told of the attempt's end
	 */
	public AttemptObservation start(String callId, RouteName route, ModelId target, int number,
			@Nullable Observation parent) {
		if (this.registry.isNoop()) {
			return AttemptObservation.NOOP;
		}
		AttemptObservationContext context = new AttemptObservationContext(callId, route, target, this.known.tag(target),
				number);
		Observation observation = AttemptObservationDocumentation.ATTEMPT.observation(this.convention,
				DEFAULT_CONVENTION, () -> context, this.registry);
		// The application may have switched these observations off by their name; the
		// parent then stays the current one.
		if (observation.isNoop()) {
			return AttemptObservation.NOOP;
		}
		if (parent != null) {
			observation.parentObservation(parent);
		}
		return new AttemptObservation(observation.start(), context);
	}

}
