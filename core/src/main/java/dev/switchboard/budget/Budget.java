package dev.switchboard.budget;

import java.time.Instant;
import java.time.ZoneId;

import dev.switchboard.call.CallSelector;
import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * An amount that may be spent in a period, and what happens when it is.
 *
 * @param name its name
 * @param selector which calls count
 * @param limit what may be spent in one period; more than nothing
 * @param period when it begins anew
 * @param zone whose calendar tells when
 * @param softLimit the amount from which on somebody is told; less than the limit;
 * {@code null} for none
 * @param onLimit what becomes of a call that may cost more than is left
 * @param onStream what becomes of a streamed answer that turns out to
 * @param unknownPriceAllowed whether calls that nobody can count are let through; a
 * budget that only warns lets them through anyway
 */
public record Budget(String name, CallSelector selector, Money limit, BudgetPeriod period, ZoneId zone,
		@Nullable Money softLimit, OnLimit onLimit, OnStream onStream, boolean unknownPriceAllowed) {

	public Budget {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A budget must have a name");
		}
		if (limit.equals(Money.ZERO)) {
			throw new IllegalArgumentException("The limit of budget '" + name + "' must be more than 0");
		}
		if (softLimit != null && softLimit.compareTo(limit) >= 0) {
			throw new IllegalArgumentException("The soft limit of budget '" + name + "', " + softLimit
					+ ", must be less than its limit, " + limit);
		}
		if (selector.countsAttempts() && onLimit instanceof OnLimit.Degrade) {
			throw new IllegalArgumentException("Budget '" + name
					+ "' is a provider's: its calls go on with another target, and not with another route");
		}
	}

	/**
	 * A budget in UTC that refuses and has no soft limit.
	 * @param name its name
	 * @param selector which calls count
	 * @param limit what may be spent in one period
	 * @param period when it begins anew
	 * @return the budget
	 */
	public static Budget of(String name, CallSelector selector, Money limit, BudgetPeriod period) {
		return new Budget(name, selector, limit, period, ZoneId.of("UTC"), null, new OnLimit.Refuse(), OnStream.FINISH,
				false);
	}

	/** Whether it holds anything back. */
	boolean isHard() {
		return !(this.onLimit instanceof OnLimit.Warn);
	}

	Account account(String holder, Instant now) {
		return new Account(this.name, holder, this.period.start(now, this.zone), this.period.end(now, this.zone));
	}

}
