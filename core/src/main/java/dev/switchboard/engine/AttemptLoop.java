package dev.switchboard.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import dev.switchboard.budget.Hold;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.health.Permit;
import dev.switchboard.health.TargetHealth;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt follows which, for one call on one route. It decides and does nothing
 * else: who sends, waits and tells the caller is another's business, blocking or not.
 */
final class AttemptLoop {

	private final CallInProgress call;

	private final FallbackPolicy policy;

	private final TargetSelector selector;

	private final TargetHealth health;

	private final BudgetGate budgets;

	private final RandomGenerator random;

	private Deque<Target> candidates;

	private @Nullable Target retried;

	private int retries;

	AttemptLoop(CallInProgress call, TargetSelector selector, TargetHealth health, BudgetGate budgets,
			RandomGenerator random) {
		this.call = call;
		this.policy = call.policy();
		this.selector = selector;
		this.health = health;
		this.budgets = budgets;
		this.random = random;
		this.candidates = new ArrayDeque<>(selector.select(call));
	}

	/** The first attempt. */
	Step start() {
		return nextTarget((target) -> true);
	}

	/** The retry for which the pause was. */
	Step afterPause() {
		Target target = this.retried;
		if (target == null || this.call.remainingNanos() <= 0) {
			return exhausted();
		}
		Step.Send again = admit(target);
		return (again != null) ? again : nextTarget((other) -> true);
	}

	/**
	 * What follows an attempt that failed before anything was passed on to the caller.
	 */
	Step after(Step.Send send, Failure failure) {
		Duration remaining = Duration.ofNanos(Math.max(0, this.call.remainingNanos()));
		return this.policy.after(failure, this.retries, remaining, this.random).match((retry) -> {
			this.retries++;
			this.retried = send.target();
			return new Step.Pause(retry.delay());
		}, () -> {
			settle(send, failure);
			return nextTarget((target) -> true);
		}, () -> {
			settle(send, failure);
			return new Step.End((failure.kind() == FailureKind.CANCELLED) ? new CallOutcome.Cancelled()
					: new CallOutcome.Failed(failure));
		});
	}

	/** Another target for an answer of which the caller already has the beginning. */
	Step resume(Step.Send send, Failure failure, boolean prefill) {
		settle(send, failure);
		return nextTarget((target) -> !prefill || this.selector.acceptsPrefill(target.model()));
	}

	/** A second target to ask beside the first; an end if there is none. */
	Step hedge() {
		return nextTarget((target) -> true);
	}

	/**
	 * What follows when every hedged attempt has failed; a retry only if there was no
	 * second target.
	 */
	Step afterHedge(List<AttemptFailed> failures) {
		AttemptFailed last = failures.get(failures.size() - 1);
		if (failures.size() > 1) {
			failures.subList(0, failures.size() - 1).forEach((failed) -> settle(failed.send(), failed.failure()));
			this.retries = this.policy.maxRetries();
		}
		return after(last.send(), last.failure());
	}

	private Step nextTarget(Predicate<Target> suitable) {
		this.retries = 0;
		while (!this.candidates.isEmpty()) {
			if (this.call.remainingNanos() <= 0) {
				return exhausted();
			}
			Target target = this.candidates.remove();
			if (suitable.test(target)) {
				Step.Send send = admit(target);
				if (send != null) {
					return send;
				}
			}
		}
		return exhausted();
	}

	private Step.@Nullable Send admit(Target target) {
		if (!this.selector.canBeAsked(target, this.call)) {
			return null;
		}
		return this.health.admit(target.model(), this.policy.circuitBreaker()).<Step
			.@Nullable Send>match((permit) -> send(target, permit), (refused) -> {
				this.call.skipped(refused.skipped());
				return null;
			});
	}

	private Step.@Nullable Send send(Target target, Permit permit) {
		Hold hold = this.budgets.admit(this.call, target);
		if (hold == null) {
			permit.released();
			return null;
		}
		return new Step.Send(target, permit, this.call.nextNumber(), hold);
	}

	private void settle(Step.Send send, Failure failure) {
		Duration cooldown = this.policy.cooldown(failure);
		if (cooldown != null && !cooldown.isZero()) {
			this.health.coolDown(send.target().model(), cooldown, failure.kind());
		}
		switch (failure.kind()) {
			case UNAUTHORIZED -> this.health.complain(send.target().model(), failure.kind(),
					"switchboard.providers." + send.target().model().provider() + ".api-key");
			case MODEL_NOT_FOUND -> this.health.complain(send.target().model(), failure.kind(),
					"switchboard.routes." + this.call.route().name() + ".targets");
			case CONTEXT_WINDOW_EXCEEDED -> this.candidates = new ArrayDeque<>(
					this.selector.largerThan(send.target().model(), List.copyOf(this.candidates), this.call));
			default -> {
			}
		}
	}

	private Step exhausted() {
		return new Step.End(new CallOutcome.Exhausted(this.call.remainingNanos() <= 0));
	}

}
