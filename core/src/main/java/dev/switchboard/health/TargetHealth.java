package dev.switchboard.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.ModelId;
import dev.switchboard.health.TargetState.BreakerState;
import dev.switchboard.policy.CircuitBreakerSettings;
import dev.switchboard.policy.FailureKind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which targets are usable, for all routes together: a limit belongs to the credential
 * and an outage to the provider, not to the route that noticed it.
 */
public final class TargetHealth {

	private static final Logger log = LoggerFactory.getLogger(TargetHealth.class);

	private final Clock clock;

	private final Map<ModelId, Cooldown> cooldowns = new ConcurrentHashMap<>();

	private final Map<BreakerKey, CircuitBreaker> breakers = new ConcurrentHashMap<>();

	private final Map<BreakerKey, Instant> openUntil = new ConcurrentHashMap<>();

	private final Set<Complaint> complaints = ConcurrentHashMap.newKeySet();

	/**
	 * Targets that are all usable to begin with.
	 * @param clock tells when cooldowns and open breakers end
	 */
	public TargetHealth(InstantSource clock) {
		this.clock = clock.withZone(ZoneOffset.UTC);
	}

	/**
	 * Asks for leave to make one attempt.
	 * @param target who would be called
	 * @param settings the rules of the breaker
	 * @return a permit, or why not
	 */
	public Admission admit(ModelId target, CircuitBreakerSettings settings) {
		Cooldown cooldown = cooldown(target);
		if (cooldown != null) {
			return new Admission.Refused(
					new SkippedTarget(target, SkippedTarget.Reason.COOLING_DOWN, cooldown.until(), cooldown.failure()));
		}
		BreakerKey key = new BreakerKey(target, settings);
		CircuitBreaker breaker = this.breakers.get(key);
		if (breaker == null) {
			breaker = this.breakers.computeIfAbsent(key, this::newBreaker);
		}
		if (breaker.tryAcquirePermission()) {
			return new Permit(breaker);
		}
		return new Admission.Refused(
				new SkippedTarget(target, SkippedTarget.Reason.CIRCUIT_OPEN, this.openUntil.get(key)));
	}

	/**
	 * Leaves a target out of every call until a stated instant.
	 * @param target which
	 * @param duration for how long from now
	 * @param why the failure that it answers
	 */
	public void coolDown(ModelId target, Duration duration, FailureKind why) {
		Instant until = this.clock.instant().plus(duration);
		Cooldown previous = this.cooldowns.put(target, new Cooldown(until, why));
		if (previous == null || previous.until().isBefore(this.clock.instant())) {
			log.warn("Target cools down target={} failure={} until={}", target, why.property(), until);
		}
	}

	/**
	 * Notes a failure that an operator should mend; each is logged once, until the target
	 * answers again.
	 * @param target who failed
	 * @param kind how
	 * @param property what to look at
	 */
	public void complain(ModelId target, FailureKind kind, String property) {
		if (this.complaints.add(new Complaint(target, kind))) {
			log.warn("Target refuses our requests target={} failure={} check={}", target, kind.property(), property);
		}
	}

	/**
	 * Notes that a target answers.
	 * @param target who answered
	 */
	public void recovered(ModelId target) {
		if (!this.complaints.isEmpty()) {
			this.complaints.removeIf((complaint) -> complaint.target().equals(target));
		}
	}

	/**
	 * How the targets stand that have been asked for so far.
	 * @return their states, by name
	 */
	public List<TargetState> states() {
		Set<ModelId> targets = new TreeSet<>(Comparator.comparing(ModelId::toString));
		targets.addAll(this.cooldowns.keySet());
		this.breakers.keySet().forEach((key) -> targets.add(key.target()));
		List<TargetState> states = new ArrayList<>();
		targets.forEach((target) -> states.add(state(target)));
		return states;
	}

	/**
	 * How a target stands.
	 * @param target which
	 * @return its state
	 */
	public TargetState state(ModelId target) {
		BreakerState worst = BreakerState.CLOSED;
		for (Map.Entry<BreakerKey, CircuitBreaker> entry : this.breakers.entrySet()) {
			if (entry.getKey().target().equals(target)) {
				BreakerState state = switch (entry.getValue().getState()) {
					case OPEN, FORCED_OPEN -> BreakerState.OPEN;
					case HALF_OPEN -> BreakerState.HALF_OPEN;
					default -> BreakerState.CLOSED;
				};
				worst = (state == BreakerState.OPEN || worst == BreakerState.CLOSED) ? state : worst;
			}
		}
		Cooldown cooldown = cooldown(target);
		return (cooldown != null) ? new TargetState(target, cooldown.until(), cooldown.failure(), worst)
				: new TargetState(target, null, null, worst);
	}

	/**
	 * Makes a target usable at once.
	 * @param target which
	 */
	public void reset(ModelId target) {
		this.cooldowns.remove(target);
		recovered(target);
		this.breakers.forEach((key, breaker) -> {
			if (key.target().equals(target)) {
				breaker.reset();
			}
		});
	}

	private @Nullable Cooldown cooldown(ModelId target) {
		if (this.cooldowns.isEmpty()) {
			return null;
		}
		Cooldown cooldown = this.cooldowns.get(target);
		if (cooldown == null) {
			return null;
		}
		if (cooldown.until().isAfter(this.clock.instant())) {
			return cooldown;
		}
		if (this.cooldowns.remove(target, cooldown)) {
			log.info("Target is back target={}", target);
		}
		return null;
	}

	private CircuitBreaker newBreaker(BreakerKey key) {
		CircuitBreakerSettings settings = key.settings();
		CircuitBreakerConfig config = CircuitBreakerConfig.custom()
			.clock(this.clock)
			.slidingWindow(settings.slidingWindow(), settings.minimumAttempts(), SlidingWindowType.COUNT_BASED)
			.failureRateThreshold(settings.failureRate())
			.waitDurationInOpenState(settings.openFor())
			.permittedNumberOfCallsInHalfOpenState(settings.trialAttempts())
			// A trial that never comes back must not keep the target out for ever.
			.maxWaitDurationInHalfOpenState(settings.openFor())
			.writableStackTraceEnabled(false)
			.build();
		CircuitBreaker breaker = CircuitBreaker.of(key.target().toString(), config);
		breaker.getEventPublisher().onStateTransition((event) -> changed(key, event.getStateTransition()));
		return breaker;
	}

	private void changed(BreakerKey key, StateTransition transition) {
		if (transition.getToState() == CircuitBreaker.State.OPEN) {
			this.openUntil.put(key, this.clock.instant().plus(key.settings().openFor()));
		}
		else {
			this.openUntil.remove(key);
		}
		log.warn("Circuit breaker changes target={} from={} to={}", key.target(), transition.getFromState(),
				transition.getToState());
	}

	private record BreakerKey(ModelId target, CircuitBreakerSettings settings) {
	}

	private record Cooldown(Instant until, FailureKind failure) {
	}

	private record Complaint(ModelId target, FailureKind kind) {
	}

}
