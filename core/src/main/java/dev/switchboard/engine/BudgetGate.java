package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import dev.switchboard.budget.Budgets;
import dev.switchboard.budget.Hold;
import dev.switchboard.budget.Ruling;
import dev.switchboard.budget.Spender;
import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.BudgetRefusal;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls and attempts pass that budgets admit, and leads calls to another route where
 * a budget says so.
 */
final class BudgetGate {

	private final Budgets budgets;

	private final Supplier<RouteResolver> routes;

	BudgetGate(Budgets budgets, Supplier<RouteResolver> routes) {
		this.budgets = budgets;
		this.routes = routes;
	}

	/**
	 * Admits a call to the attempts of its route, or of the one that a budget leads to.
	 * @throws CallEnded if a budget refuses
	 */
	void admit(CallInProgress call) {
		if (!this.budgets.concernCalls(call.budget().scopes())) {
			return;
		}
		call.settleBudgets();
		boolean admitted = false;
		while (!admitted) {
			admitted = this.budgets.admitCall(spender(call), candidates(call)).<Boolean>match((hold) -> {
				call.budget().holds(hold);
				return true;
			}, (refused) -> {
				throw refused(call, refused.refusal(), refused.note());
			}, (degraded) -> {
				call.budget().degraded(degraded.note());
				reroute(call, degraded.route());
				return false;
			});
		}
	}

	/**
	 * Admits an attempt.
	 * @return what is held back for it; {@code null} if the target is passed over, which
	 * then is noted
	 */
	@Nullable Hold admit(CallInProgress call, Target target) {
		if (!this.budgets.concernAttempts()) {
			return Hold.NONE;
		}
		return this.budgets.admitAttempt(spender(call), target).<@Nullable Hold>match((hold) -> {
			call.budget().note(hold.notes());
			return hold;
		}, (refused) -> {
			call.skipped(skipped(target, refused.refusal()));
			return null;
		}, (degraded) -> {
			throw new IllegalStateException("A provider's budget leads to no other route");
		});
	}

	private static SkippedTarget skipped(Target target, BudgetRefusal refusal) {
		if (refusal.unavailable()) {
			return new SkippedTarget(target.model(), SkippedTarget.Reason.BUDGET_UNAVAILABLE, null);
		}
		return refusal.isForUnknownPrice() ? new SkippedTarget(target.model(), SkippedTarget.Reason.PRICE_UNKNOWN, null)
				: new SkippedTarget(target.model(), SkippedTarget.Reason.BUDGET_SPENT, refusal.resetsAt());
	}

	/**
	 * Admits a call with its one attempt, for which there is no other route.
	 * @return what is held back for the attempt
	 * @throws CallEnded if a budget does not admit it
	 */
	Hold admitOnly(CallInProgress call, Target target) {
		if (this.budgets.concernCalls(call.budget().scopes())) {
			this.budgets.admitCall(spender(call), List.of(target)).match((hold) -> {
				call.budget().holds(hold);
				return true;
			}, (refused) -> {
				throw refused(call, refused.refusal(), refused.note());
			}, (degraded) -> {
				throw refused(call, degraded.refusal(), new Ruling.Refused(degraded.refusal()).note());
			});
		}
		if (!this.budgets.concernAttempts()) {
			return Hold.NONE;
		}
		return this.budgets.admitAttempt(spender(call), target).match((hold) -> hold, (refused) -> {
			throw refused(call, refused.refusal(), refused.note());
		}, (degraded) -> Hold.NONE);
	}

	private static CallEnded refused(CallInProgress call, BudgetRefusal refusal, BudgetNote note) {
		if (!refusal.unavailable()) {
			call.budget().note(List.of(note));
		}
		return new CallEnded(new CallOutcome.OverBudget(refusal), false);
	}

	private void reroute(CallInProgress call, RouteName name) {
		CallContext context = call.context();
		ModelRoute other = this.routes.get().resolve(name, call.prompt(), context.caller(), context.tags()).route();
		call.visit(other.name());
		call.reroute(other, (context.policy() != null) ? call.policy() : other.policy());
	}

	private static List<Target> candidates(CallInProgress call) {
		List<Target> targets = call.route().targets();
		return call.policy().firstTargetOnly() ? targets.subList(0, 1) : targets;
	}

	private static Spender spender(CallInProgress call) {
		return new Spender(call.context(), call.route().name(), call::facts,
				Duration.ofNanos(Math.max(0, call.remainingNanos())), call.budget().degradedBy(),
				call.budget().scopes());
	}

}
