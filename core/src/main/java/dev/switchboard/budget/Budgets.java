package dev.switchboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.switchboard.budget.BudgetEvent.Kind;
import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.BudgetNote.Effect;
import dev.switchboard.call.BudgetRefusal;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.Money;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits calls and attempts by what they may cost, and settles them by what they did.
 */
public final class Budgets {

	private static final Logger log = LoggerFactory.getLogger(Budgets.class);

	/** How long after a call's deadline its reservation may be taken for lost. */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	/** Even what costs nothing is not admitted once all is spent. */
	private static final Money LEAST = new Money(1);

	private volatile BudgetTable table;

	private final BudgetStore store;

	private final ModelCatalog catalog;

	private final InstantSource clock;

	private final BudgetWatch watch;

	/**
	 * Budgets of an application.
	 * @param budgets the budgets
	 * @param store keeps what is spent
	 * @param catalog knows the prices
	 * @param clock tells which period it is
	 * @param listeners hear of what happens to budgets
	 */
	public Budgets(List<Budget> budgets, BudgetStore store, ModelCatalog catalog, InstantSource clock,
			List<BudgetListener> listeners) {
		this.table = BudgetTable.of(budgets);
		this.store = store;
		this.catalog = catalog;
		this.clock = clock;
		this.watch = new BudgetWatch(listeners, clock);
	}

	/**
	 * The budgets as they stand now.
	 * @return the budgets, in the order in which they were given
	 */
	public List<Budget> all() {
		return this.table.all();
	}

	/**
	 * Replaces all budgets at once. Calls under way end with the budgets that they began
	 * with; what an account has spent stays spent under a budget of the same name and
	 * period.
	 * @param budgets the new budgets
	 */
	public void replace(List<Budget> budgets) {
		this.table = BudgetTable.of(budgets);
	}

	/**
	 * Whether any call is to be asked about.
	 * @param scopes the scopes that it is made in
	 * @return {@code false} if it can begin without a further thought
	 */
	public boolean concernCalls(List<BudgetScope> scopes) {
		return !this.table.ofCalls().isEmpty() || !scopes.isEmpty();
	}

	/**
	 * Whether any attempt is to be asked about.
	 * @return {@code false} if it can begin without a further thought
	 */
	public boolean concernAttempts() {
		return !this.table.ofAttempts().isEmpty();
	}

	/**
	 * Asks for leave to begin a call, or to go on with it on another route.
	 * @param spender the call
	 * @param targets those that may answer it
	 * @return what is held back, or why not
	 */
	public Ruling admitCall(Spender spender, List<Target> targets) {
		return admit(spender, targets, null, this.table.ofCalls(), spender.scopes());
	}

	/**
	 * Asks for leave to make an attempt.
	 * @param spender the call
	 * @param target who would be called
	 * @return what is held back, or why not
	 */
	public Ruling admitAttempt(Spender spender, Target target) {
		return admit(spender, List.of(target), target.model().provider(), this.table.ofAttempts(), List.of());
	}

	private Ruling admit(Spender spender, List<Target> targets, @Nullable String provider, List<Budget> budgets,
			List<BudgetScope> scopes) {
		Instant now = this.clock.instant();
		List<Budget> concerned = new ArrayList<>(2);
		List<Claim> claims = new ArrayList<>(2);
		for (Budget budget : budgets) {
			String holder = budget.selector()
				.holder(spender.context().caller(), spender.context().tags(), spender.route(), provider);
			if (holder != null) {
				boolean holdsBack = budget.isHard() && !spender.degradedBy().contains(budget.name());
				concerned.add(budget);
				claims.add(new Claim(budget.account(holder, now), holdsBack ? budget.limit() : null));
			}
		}
		if (concerned.isEmpty() && scopes.isEmpty()) {
			return Hold.NONE;
		}
		Estimate estimate = Estimate.of(targets, spender.facts().get(), this.catalog);
		Ruling.Refused uncountable = estimate.unpriced().isEmpty() ? null
				: uncountable(estimate, concerned, claims, scopes);
		if (uncountable != null) {
			return uncountable;
		}
		Money known = (estimate.amount() != null) ? estimate.amount() : Money.ZERO;
		Money amount = (known.compareTo(LEAST) > 0) ? known : LEAST;
		if (concerned.isEmpty()) {
			BudgetRefusal refusal = reserve(scopes, amount);
			return (refusal != null) ? new Ruling.Refused(refusal)
					: new Hold(this, concerned, scopes, null, List.of(), amount, List.of());
		}
		Instant expires = now.plus(spender.remaining()).plus(MARGIN);
		return this.store.reserve(claims, amount, expires)
			.match((admitted) -> admitted(admitted, concerned, claims, scopes, amount),
					(refused) -> refused(refused, concerned, amount),
					(unavailable) -> unavailable(unavailable, concerned, amount));
	}

	private Ruling admitted(Admission.Admitted admitted, List<Budget> concerned, List<Claim> claims,
			List<BudgetScope> scopes, Money amount) {
		BudgetRefusal refusal = reserve(scopes, amount);
		if (refusal != null) {
			this.store.release(admitted.reservation());
			return new Ruling.Refused(refusal);
		}
		List<Claim> cutting = new ArrayList<>(0);
		for (int i = 0; i < claims.size(); i++) {
			if (concerned.get(i).onStream() == OnStream.CUT && claims.get(i).limit() != null) {
				cutting.add(claims.get(i));
			}
		}
		return new Hold(this, concerned, scopes, admitted.reservation(), cutting, amount,
				notes(concerned, admitted.balances(), false));
	}

	/** Holds back more; tells which budget does not have it. */
	@Nullable BudgetNote extend(Hold hold, Money more) {
		Reservation first = Objects.requireNonNull(hold.reservation());
		return this.store.reserve(hold.cutting(), (more.compareTo(LEAST) > 0) ? more : LEAST, first.expires())
			.<@Nullable BudgetNote>match((admitted) -> {
				hold.further().add(admitted.reservation());
				return null;
			}, (refused) -> {
				Balance balance = refused.balance();
				return new BudgetNote(balance.account().budget(), Effect.CUT, balance.spent(), refused.limit(),
						balance.account().end());
			},
					// An answer that was admitted is not ended because nobody can tell.
					(unavailable) -> null);
	}

	/** Tells that an answer was ended. */
	void cut(Hold hold, BudgetNote note) {
		for (Budget budget : hold.concerned()) {
			for (Claim claim : hold.cutting()) {
				if (budget.name().equals(note.budget()) && claim.account().budget().equals(note.budget())) {
					this.watch.limitReached(budget, claim.account(), note.spent());
					this.watch.tell(Kind.CUT, budget, claim.account(), note.spent());
				}
			}
		}
	}

	private Ruling refused(Admission.Refused refused, List<Budget> concerned, Money amount) {
		Account account = refused.balance().account();
		Money spent = refused.balance().spent();
		Budget budget = budgetOf(account, concerned);
		BudgetRefusal refusal = new BudgetRefusal(budget.name(), account.holder(), budget.limit(), spent,
				refused.balance().reserved(), amount, account.end(), List.of());
		this.watch.limitReached(budget, account, spent);
		if (budget.onLimit() instanceof OnLimit.Degrade degrade) {
			this.watch.tell(Kind.DEGRADED, budget, account, spent);
			return new Ruling.Degraded(refusal, degrade.route());
		}
		this.watch.tell(Kind.REFUSED, budget, account, spent);
		return new Ruling.Refused(refusal);
	}

	private Ruling unavailable(Admission.Unavailable unavailable, List<Budget> concerned, Money amount) {
		Account account = unavailable.account();
		this.watch.tell(Kind.REFUSED, budgetOf(account, concerned), account, Money.ZERO);
		return new Ruling.Refused(BudgetRefusal.unavailable(account.budget(), account.holder(), unavailable.limit(),
				amount, account.end()));
	}

	private static Budget budgetOf(Account account, List<Budget> concerned) {
		return concerned.stream().filter((budget) -> budget.name().equals(account.budget())).findFirst().orElseThrow();
	}

	private Ruling.@Nullable Refused uncountable(Estimate estimate, List<Budget> concerned, List<Claim> claims,
			List<BudgetScope> scopes) {
		for (int i = 0; i < concerned.size(); i++) {
			Budget budget = concerned.get(i);
			if (budget.isHard() && !budget.unknownPriceAllowed()) {
				Account account = claims.get(i).account();
				this.watch.tell(Kind.REFUSED, budget, account, Money.ZERO);
				return new Ruling.Refused(new BudgetRefusal(budget.name(), account.holder(), budget.limit(), Money.ZERO,
						Money.ZERO, null, account.end(), estimate.unpriced()));
			}
		}
		return scopes.isEmpty() ? null
				: new Ruling.Refused(scopes.get(scopes.size() - 1).refusal(null, estimate.unpriced()));
	}

	private static @Nullable BudgetRefusal reserve(List<BudgetScope> scopes, Money amount) {
		for (int i = 0; i < scopes.size(); i++) {
			BudgetRefusal refusal = scopes.get(i).reserve(amount);
			if (refusal != null) {
				scopes.subList(0, i).forEach((scope) -> scope.settle(amount, Money.ZERO));
				return refusal;
			}
		}
		return null;
	}

	List<BudgetNote> settle(Hold hold, Cost cost) {
		boolean estimated = cost.amount() == null && !hold.amount().equals(LEAST);
		Money spent = (cost.amount() != null) ? cost.amount() : hold.amount();
		hold.scopes().forEach((scope) -> scope.settle(hold.amount(), spent));
		Reservation reservation = hold.reservation();
		if (reservation == null) {
			return List.of();
		}
		try {
			for (Reservation more : hold.further()) {
				this.store.release(more);
			}
			List<Balance> balances = spent.equals(Money.ZERO) ? this.store.release(reservation)
					: this.store.settle(reservation, spent);
			return notes(hold.concerned(), balances, estimated);
		}
		catch (RuntimeException ex) {
			// The caller has his answer; what was held back stays so until it expires.
			log.error("Budget could not be settled budgets={} spent={}",
					hold.concerned().stream().map(Budget::name).toList(), spent, ex);
			return List.of();
		}
	}

	private List<BudgetNote> notes(List<Budget> concerned, List<Balance> balances, boolean estimated) {
		List<BudgetNote> notes = new ArrayList<>(0);
		for (int i = 0; i < Math.min(concerned.size(), balances.size()); i++) {
			Budget budget = concerned.get(i);
			Account account = balances.get(i).account();
			Money spent = balances.get(i).spent();
			Effect effect = effect(budget, spent, estimated);
			if (effect != null) {
				notes.add(new BudgetNote(budget.name(), effect, spent, budget.limit(), account.end()));
			}
			if (budget.softLimit() != null && spent.compareTo(budget.softLimit()) >= 0) {
				this.watch.softLimitPassed(budget, account, spent);
			}
			if (spent.compareTo(budget.limit()) >= 0) {
				this.watch.limitReached(budget, account, spent);
			}
		}
		return notes;
	}

	private static @Nullable Effect effect(Budget budget, Money spent, boolean estimated) {
		if (estimated) {
			return Effect.ESTIMATED;
		}
		if (!budget.isHard() && spent.compareTo(budget.limit()) >= 0) {
			return Effect.WARNED;
		}
		return (budget.softLimit() != null && spent.compareTo(budget.softLimit()) >= 0) ? Effect.SOFT_LIMIT : null;
	}

}
