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
	public static final Hold NONE = new Hold(null, List.of(), List.of(), null, Money.ZERO, List.of());

	private final @Nullable Budgets budgets;

	private final List<Budget> concerned;

	private final List<BudgetScope> scopes;

	private final @Nullable Reservation reservation;

	/** What is held back; nothing where nobody could tell the price. */
	private final Money amount;

	private final List<BudgetNote> notes;

	private final List<Reservation> further = new ArrayList<>(0);

	private final AtomicBoolean ended = new AtomicBoolean();

	Hold(@Nullable Budgets budgets, List<Budget> concerned, List<BudgetScope> scopes, @Nullable Reservation reservation,
			Money amount, List<BudgetNote> notes) {
		this.budgets = budgets;
		this.concerned = concerned;
		this.scopes = scopes;
		this.reservation = reservation;
		this.amount = amount;
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
