package dev.switchboard.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.switchboard.budget.BudgetScope;
import dev.switchboard.budget.Hold;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.health.Permit;
import dev.switchboard.observation.AttemptObservation;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Target;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * Begins calls that go past the routes, so that they are booked like those that don't.
 */
final class Metering {

	/** What was asked is the caller's business: the call is made of bytes. */
	private static final Prompt UNSEEN = new Prompt(List.of());

	private final Settlement settlement;

	private final LimitGate limits;

	private final BudgetGate budgets;

	private final ModelCatalog catalog;

	private final AttemptObservations observations;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final CallsUnderWay underWay;

	Metering(Settlement settlement, CallsUnderWay underWay, LimitGate limits, BudgetGate budgets, ModelCatalog catalog,
			AttemptObservations observations, InstantSource clock, LongSupplier nanoTime) {
		this.settlement = settlement;
		this.underWay = underWay;
		this.limits = limits;
		this.budgets = budgets;
		this.catalog = catalog;
		this.observations = observations;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	MeteredCall begin(ModelId model, CallContext context, boolean streamed, int inputTokens, boolean billed) {
		Target target = new Target(model, null, Map.of());
		ModelRoute route = new ModelRoute(MeteredCall.ROUTE, "", List.of(target), BuiltInPolicies.STRICT, null,
				Requirements.NONE);
		RequestFacts facts = new RequestFacts(0, 0, 0, inputTokens, 0, false);
		CallInProgress call = new CallInProgress(new RouteResolver.Resolved(MeteredCall.ROUTE, route, null, facts),
				route.policy(), context, UNSEEN, streamed, this.clock.instant(), Ticks.start(this.nanoTime),
				BudgetScope.current());
		Hold hold = billed ? admit(call, target) : Hold.NONE;
		Step.Send send = new Step.Send(target, Permit.unconditional(), call.nextNumber(), hold);
		AttemptObservation observation = this.observations.start(call.id(), MeteredCall.ROUTE, model, send.number(),
				null);
		return new MeteredCall(call, new AttemptInProgress(call, send, this.catalog, observation, this.nanoTime),
				this.settlement, this.underWay);
	}

	private Hold admit(CallInProgress call, Target target) {
		try {
			this.limits.begin(call, false);
			return this.budgets.admitOnly(call, target);
		}
		catch (CallEnded ended) {
			RouteCallException refused = this.settlement.failure(call, ended, List.of());
			this.settlement.failed(call, refused);
			throw refused;
		}
	}

}
