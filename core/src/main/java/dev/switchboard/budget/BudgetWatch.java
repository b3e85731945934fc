package dev.switchboard.budget;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.switchboard.budget.BudgetEvent.Kind;
import dev.switchboard.cost.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators and listeners what happens to budgets: that a line is crossed once for
 * each account and period, the rest each time.
 */
final class BudgetWatch {

	private static final Logger log = LoggerFactory.getLogger(BudgetWatch.class);

	private static final int MANY = 1000;

	private final List<BudgetListener> listeners;

	private final InstantSource clock;

	private final Set<Crossed> crossed = ConcurrentHashMap.newKeySet();

	BudgetWatch(List<BudgetListener> listeners, InstantSource clock) {
		this.listeners = List.copyOf(listeners);
		this.clock = clock;
	}

	void softLimitPassed(Budget budget, Account account, Money spent) {
		if (isFirst(Kind.SOFT_LIMIT_PASSED, account)) {
			log.warn("Budget passes its soft limit budget={} holder={} spent={} softLimit={} limit={} resetsAt={}",
					budget.name(), account.holder(), spent, budget.softLimit(), budget.limit(), account.end());
			tell(Kind.SOFT_LIMIT_PASSED, budget, account, spent);
		}
	}

	void limitReached(Budget budget, Account account, Money spent) {
		if (isFirst(Kind.LIMIT_REACHED, account)) {
			log.warn("Budget reaches its limit budget={} holder={} spent={} limit={} onLimit={} resetsAt={}",
					budget.name(), account.holder(), spent, budget.limit(),
					budget.onLimit().match(() -> "refuse", () -> "warn", (degrade) -> degrade.route().value()),
					account.end());
			tell(Kind.LIMIT_REACHED, budget, account, spent);
		}
	}

	void tell(Kind kind, Budget budget, Account account, Money spent) {
		BudgetEvent event = new BudgetEvent(kind, budget.name(), account.holder(), spent, budget.limit(),
				account.end());
		for (BudgetListener listener : this.listeners) {
			try {
				listener.happened(event);
			}
			catch (RuntimeException ex) {
				log.warn("Budget listener failed listener={} budget={}", listener.getClass().getName(), budget.name(),
						ex);
			}
		}
	}

	private boolean isFirst(Kind kind, Account account) {
		Crossed line = new Crossed(kind, account);
		if (this.crossed.contains(line)) {
			return false;
		}
		if (this.crossed.size() >= MANY) {
			this.crossed.removeIf((other) -> other.account().isOver(this.clock.instant()));
		}
		return this.crossed.add(line);
	}

	private record Crossed(Kind kind, Account account) {
	}

}
