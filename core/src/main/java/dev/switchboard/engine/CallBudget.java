package dev.switchboard.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.switchboard.budget.BudgetScope;
import dev.switchboard.budget.Hold;
import dev.switchboard.call.Attempt;
import dev.switchboard.call.BudgetNote;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.Money;

/**
 * What one call holds back of budgets, and what they have to say of it. Between two
 * admissions, such as for one route and for the next, the attempts made are paid for.
 */
final class CallBudget {

	private final List<BudgetScope> scopes;

	private Hold hold = Hold.NONE;

	private int paidAttempts;

	private Set<String> degradedBy = Set.of();

	private volatile List<BudgetNote> notes = List.of();

	CallBudget(List<BudgetScope> scopes) {
		this.scopes = scopes;
	}

	List<BudgetScope> scopes() {
		return this.scopes;
	}

	synchronized void holds(Hold admitted) {
		this.hold = admitted;
		note(admitted.notes());
	}

	synchronized boolean isHolding() {
		return this.hold != Hold.NONE;
	}

	/** Pays for those of all attempts of the call that are not paid for yet. */
	synchronized void settle(List<Attempt> attempts) {
		Hold held = this.hold;
		this.hold = Hold.NONE;
		Cost cost = Cost.ZERO;
		for (Attempt attempt : attempts.subList(this.paidAttempts, attempts.size())) {
			cost = cost.plus(attempt.cost());
		}
		this.paidAttempts = attempts.size();
		note(held.settle(cost));
	}

	/** Whether an answer must be watched for what it costs. */
	synchronized boolean isCutting() {
		return this.hold.isCutting();
	}

	/** Tells whether an answer under way may go on that has cost so much. */
	synchronized boolean covers(Money soFar) {
		BudgetNote refused = this.hold.cover(soFar);
		if (refused != null) {
			note(List.of(refused));
		}
		return refused == null;
	}

	/** The budgets that led the call to another route. */
	synchronized Set<String> degradedBy() {
		return this.degradedBy;
	}

	synchronized void degraded(BudgetNote by) {
		Set<String> all = new HashSet<>(this.degradedBy);
		all.add(by.budget());
		this.degradedBy = all;
		note(List.of(by));
	}

	/** Of each budget the strongest effect stays, with its latest state. */
	synchronized void note(List<BudgetNote> more) {
		if (more.isEmpty()) {
			return;
		}
		List<BudgetNote> all = new ArrayList<>(this.notes);
		for (BudgetNote note : more) {
			BudgetNote merged = note;
			for (BudgetNote known : this.notes) {
				if (known.budget().equals(note.budget())) {
					all.remove(known);
					merged = (known.effect().compareTo(note.effect()) > 0)
							? new BudgetNote(note.budget(), known.effect(), note.spent(), note.limit(), note.resetsAt())
							: note;
				}
			}
			all.add(merged);
		}
		this.notes = List.copyOf(all);
	}

	List<BudgetNote> notes() {
		return this.notes;
	}

}
