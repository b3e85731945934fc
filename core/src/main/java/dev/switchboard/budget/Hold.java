package dev.switchboard.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import dev.switchboard.call.BudgetNote;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * What budgets hold back for a call or an attempt, until it is settled. However often it
 * is settled, the first time counts.
 */
public final class Hold implements Ruling {

	/** Nothing is held back, as no budget is concerned. */
	public static final Hold NONE = new Hold(null, List.of(), List.of(), null, List.of(), Money.ZERO, List.of());

	/** Into how many parts of what was held back at first what is added is divided. */
	private static final int STEPS = 4;

	private final @Nullable Budgets budgets;

	private final List<Budget> concerned;

	private final List<BudgetScope> scopes;

	private final @Nullable Reservation reservation;

	/** Those of its accounts whose budgets end an answer that costs more. */
	private final List<Claim> cutting;

	/** What is held back. */
	private final Money amount;

	private final List<BudgetNote> notes;

	private final List<Reservation> further = new ArrayList<>(0);

	private Money covered;

	private final AtomicBoolean ended = new AtomicBoolean();

	Hold(@Nullable Budgets budgets, List<Budget> concerned, List<BudgetScope> scopes, @Nullable Reservation reservation,
			List<Claim> cutting, Money amount, List<BudgetNote> notes) {
		this.budgets = budgets;
		this.concerned = concerned;
		this.scopes = scopes;
		this.reservation = reservation;
		this.cutting = cutting;
		this.amount = amount;
		this.covered = amount;
		this.notes = notes;
	}

	@Override
	public <T> T match(Function<Hold, T> admitted, Function<Refused, T> refused, Function<Degraded, T> degraded) {
		return admitted.apply(this);
	}

	/**
	 * What budgets have to say now that the call is admitted.
	 * @return the notes; empty if nothing
	 */
	public List<BudgetNote> notes() {
		return this.notes;
	}

	/**
	 * Books what was spent in place of what was held back. Where that is not known, it is
	 * what was held back.
	 * @param cost what was spent; zero gives everything back
	 * @return what budgets have to say now; empty if nothing, or settled before
	 */
	public List<BudgetNote> settle(Cost cost) {
		if (this.budgets == null || !this.ended.compareAndSet(false, true)) {
			return List.of();
		}
		return this.budgets.settle(this, cost);
	}

	/**
	 * Whether an answer must be watched for what it costs.
	 * @return whether a budget ends one that costs more than it has left
	 */
	public boolean isCutting() {
		return !this.cutting.isEmpty();
	}

	/**
	 * Holds back more if an answer under way has cost more than what is held back.
	 * @param soFar what it cost until now
	 * @return what the budget that doesn't have it has to say; {@code null} if the answer
	 * may go on
	 */
	public synchronized @Nullable BudgetNote cover(Money soFar) {
		if (this.budgets == null || this.cutting.isEmpty() || soFar.compareTo(this.covered) <= 0) {
			return null;
		}
		Money missing = soFar.minusUpTo(this.covered);
		Money step = new Money(this.amount.nanos() / STEPS);
		// Not for every chunk anew, as long as there is enough.
		if (missing.compareTo(step) < 0 && this.budgets.extend(this, step) == null) {
			this.covered = this.covered.plus(step);
			return null;
		}
		BudgetNote refused = this.budgets.extend(this, missing);
		if (refused != null) {
			this.budgets.cut(this, refused);
			return refused;
		}
		this.covered = soFar;
		return null;
	}

	List<Claim> cutting() {
		return this.cutting;
	}

	List<Budget> concerned() {
		return this.concerned;
	}

	List<BudgetScope> scopes() {
		return this.scopes;
	}

	@Nullable Reservation reservation() {
		return this.reservation;
	}

	Money amount() {
		return this.amount;
	}

	List<Reservation> further() {
		return this.further;
	}

}
