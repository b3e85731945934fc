package dev.switchboard.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.switchboard.budget.BudgetScope;
import dev.switchboard.call.Attempt;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallProgress;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.limit.LimitHold;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.relay.PromptView;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * A call between its beginning and its end. Hedged attempts write to it from several
 * threads.
 */
final class CallInProgress {

	private final String id = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);

	private final Instant time;

	private final Ticks started;

	private final RouteName requestedRoute;

	private final @Nullable String rule;

	private final CallContext context;

	private final Prompt prompt;

	private final boolean streamed;

	private final long deadlineNanos;

	private final List<Attempt> attempts = new ArrayList<>(2);

	private final List<SkippedTarget> skipped = new ArrayList<>(0);

	private Set<RouteName> visited = Set.of();

	private ModelRoute route;

	private FallbackPolicy policy;

	private final AtomicBoolean ended = new AtomicBoolean();

	private int lastNumber;

	private volatile CacheOutcome cache = CacheOutcome.BYPASS;

	private @Nullable RequestFacts facts;

	private @Nullable Duration timeToFirstToken;

	private volatile @Nullable ModelId committedTarget;

	private final CallBudget budget;

	private volatile LimitHold limits = LimitHold.NONE;

	CallInProgress(RouteResolver.Resolved resolved, FallbackPolicy policy, CallContext context, Prompt prompt,
			boolean streamed, Instant time, Ticks started, List<BudgetScope> scopes) {
		this.requestedRoute = resolved.requested();
		this.rule = resolved.rule();
		this.route = resolved.route();
		this.facts = resolved.facts();
		this.policy = policy;
		this.context = context;
		this.prompt = prompt;
		this.streamed = streamed;
		this.time = time;
		this.started = started;
		this.budget = new CallBudget(scopes);
		Duration deadline = policy.timeouts().deadline();
		Duration bound = context.deadline();
		this.deadlineNanos = ((bound != null && bound.compareTo(deadline) < 0) ? bound : deadline).toNanos();
	}

	/** The same, begun once more in the background. */
	CallInProgress again(Instant now, Ticks ticks) {
		return new CallInProgress(new RouteResolver.Resolved(this.requestedRoute, this.route, this.rule, this.facts),
				this.policy, this.context, this.prompt, false, now, ticks, List.of());
	}

	String id() {
		return this.id;
	}

	Prompt prompt() {
		return this.prompt;
	}

	ModelRoute route() {
		return this.route;
	}

	FallbackPolicy policy() {
		return this.policy;
	}

	CallContext context() {
		return this.context;
	}

	/** The time left until the deadline; zero or less once it has passed. */
	long remainingNanos() {
		return this.deadlineNanos - this.started.elapsedNanos();
	}

	RequestFacts facts() {
		RequestFacts known = this.facts;
		if (known == null) {
			known = PromptView.facts(this.prompt);
			this.facts = known;
		}
		return known;
	}

	/** What the call holds back and has to say of budgets. */
	CallBudget budget() {
		return this.budget;
	}

	/** What the call takes of limits. */
	LimitHold limits() {
		return this.limits;
	}

	void limits(LimitHold hold) {
		this.limits = hold;
	}

	/** Notes that a route takes over; tells whether it is the first time in this call. */
	boolean visit(RouteName other) {
		if (this.visited.isEmpty()) {
			this.visited = new HashSet<>(Set.of(this.route.name()));
		}
		return this.visited.add(other);
	}

	/** Goes on with another route, within the same deadline. */
	void reroute(ModelRoute other, FallbackPolicy otherPolicy) {
		this.route = other;
		this.policy = otherPolicy;
	}

	synchronized int nextNumber() {
		return ++this.lastNumber;
	}

	synchronized void ended(Attempt attempt) {
		this.attempts.add(attempt);
	}

	synchronized void skipped(SkippedTarget target) {
		this.skipped.add(target);
	}

	/**
	 * Pays for the attempts that were made since the budgets were last asked; does
	 * nothing if that is done.
	 */
	void settleBudgets() {
		if (this.budget.isHolding()) {
			this.budget.settle(attempts());
		}
	}

	/**
	 * Pays for the attempts, in money and in what limits count; does nothing if that is
	 * done.
	 */
	void settle() {
		settleBudgets();
		if (this.limits != LimitHold.NONE) {
			this.limits.settle(attempts());
		}
	}

	/**
	 * The same, for a call that was not admitted: without an attempt it counts nowhere.
	 */
	void settleRefused() {
		if (attempts().isEmpty()) {
			this.limits.giveBack();
		}
		settle();
	}

	private synchronized List<Attempt> attempts() {
		return List.copyOf(this.attempts);
	}

	/** Notes what the response cache has to do with the call. */
	void cache(CacheOutcome outcome) {
		this.cache = outcome;
	}

	CacheOutcome cache() {
		return this.cache;
	}

	/** Ends the call; tells whether this was the first end. */
	boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	boolean hasEnded() {
		return this.ended.get();
	}

	void firstContentPassedOn(ModelId target) {
		this.committedTarget = target;
		if (this.timeToFirstToken == null) {
			this.timeToFirstToken = Duration.ofNanos(this.started.elapsedNanos());
		}
	}

	/**
	 * What is known of the call now that the first of its answer is passed on.
	 * @param remembered who gave the answer, if it was remembered
	 */
	synchronized CallProgress progress(@Nullable ModelId remembered) {
		ModelId target = (this.committedTarget != null) ? this.committedTarget : remembered;
		return new CallProgress(this.id, this.route.name(), target, this.lastNumber, this.cache, this.budget.notes(),
				this.limits.notes());
	}

	synchronized CallRecord record(CallOutcome outcome, @Nullable AnswerSummary answer) {
		Cost cost = Cost.ZERO;
		for (Attempt attempt : this.attempts) {
			cost = cost.plus(attempt.cost());
		}
		return new CallRecord(this.id, this.time, this.requestedRoute, this.route.name(), this.rule,
				this.context.caller(), this.context.tags(), this.streamed, this.attempts, this.skipped, outcome,
				this.cache, (answer != null) ? answer.target() : null, (answer != null) ? answer.responseModel() : null,
				(answer != null) ? answer.finishReason() : null, (answer != null) ? answer.usage() : null, cost,
				Duration.ofNanos(this.started.elapsedNanos()), this.timeToFirstToken, this.budget.notes(),
				this.limits.notes());
	}

}
